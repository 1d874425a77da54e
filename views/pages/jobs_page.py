"""Long work: what waits, runs and ended, for whom; each can be watched, stopped and opened."""

import pandas as pd
import streamlit as st

from desk.i18n import text
from desk.moment_words import SECOND, moment_words
from store import Job, Principal, list_jobs
from views.api.serve import the_store
from views.clock import zone_here
from views.job_shown import follow_job, kind_words, standing_words, status_words
from views.kept_choice import say_anew
from views.page import own_page
from views.table_shown import show_plain_table

_SHOWN = 200


def _draw(principal: Principal, lang: str) -> None:
    jobs = list_jobs(the_store(), principal)[:_SHOWN]
    if not jobs:
        st.info(text("view.jobs.none", lang))
        return
    st.button(text("view.jobs.again", lang), key="jobs-again")
    show_plain_table(_table(jobs, lang), lang, key="jobs", words="view.jobs.column")
    words = {job.id: f"{job.id} · {kind_words(job, lang)} · {status_words(job, lang)}" for job in jobs}
    say_anew("jobs-one", words, words.__getitem__)
    chosen = st.selectbox(text("view.jobs.choose", lang), list(words), format_func=words.__getitem__, key="jobs-one")
    follow_job(chosen, lang)


def _table(jobs: tuple[Job, ...], lang: str) -> pd.DataFrame:
    zone = zone_here()
    return pd.DataFrame(
        [
            {
                "id": job.id,
                "kind": kind_words(job, lang),
                "status": standing_words(job, lang),
                "created_by": job.created_by,
                "created_at": moment_words(job.created_at, zone, SECOND),
                "ended_at": "" if job.ended_at is None else moment_words(job.ended_at, zone, SECOND),
            }
            for job in jobs
        ]
    )


own_page("jobs", _draw)
