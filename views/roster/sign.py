"""Check, sign, publish: the certificate, the list of what to look at, errors found, and who signed which step."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from desk import InputError
from desk.i18n import text
from desk.moment_words import SECOND, moment_words
from planner.page.number import money
from store import Signature, archive_plan, list_signatures, next_step, publish_plan, sign_plan, why_not_sign
from store.schema import STEPS
from views.api.serve import the_store
from views.certificate import show_certificate
from views.clock import zone_of
from views.markdown import plain
from views.opened import OpenPlan
from views.roster.alone import show_alone
from views.roster.check_list import show_checks, topics_to_look_at
from views.roster.draft import appraisal
from views.roster.fault_list import show_faults
from views.roster.may import Stored
from views.table_shown import show_plain_table
from views.told import tell, tell_refused

_COLUMNS = "view.roster.sign.column"


def show_sign(plan: OpenPlan, own: Stored) -> None:
    """Draw everything that stands between a draft and its publication."""
    lang = own.lang
    st.header(text("view.roster.sign.certificate", lang))
    if plan.newest:
        cost = money(appraisal(plan).total, plan.planned.desk.settings.currency)
        st.warning(plain(text("view.roster.sign.edited", lang, cost=cost)))
    show_certificate(plan.planned, lang)
    show_signing(own, plan.planned.desk.settings.sign_off.steps, plan.newest)
    _status(own)


def show_signing(own: Stored, steps: int, newest: int = 0) -> None:
    """Draw the list of checks, the errors found and the signatures: for who signs, whether or not they plan.

    Parameters
    ----------
    steps : how many signatures the desk asks for.
    newest : last entry of the plan's journal that the page shows.
    """
    st.header(text("view.roster.sign.checks", own.lang))
    looked = show_checks(own, newest)
    st.header(text("view.roster.sign.faults", own.lang))
    show_faults(own)
    st.header(text("view.roster.sign.signatures", own.lang))
    _signatures(own, looked, steps)


def _signatures(own: Stored, looked: Sequence[str], steps: int) -> None:
    lang = own.lang
    st.markdown(
        plain(text("view.roster.sign.steps_1" if steps == 1 else "view.roster.sign.steps_many", lang, steps=steps))
    )
    signed = list_signatures(the_store(), own.principal, own.version.hash)
    valid, zone = [one for one in signed if not one.void], zone_of(own.version.desk)
    if valid:
        show_plain_table(_rows(valid, zone, lang), lang, key="signatures", words=_COLUMNS)
    if len(signed) > len(valid):
        with st.expander(text("view.roster.sign.history", lang)):
            show_plain_table(_rows(signed, zone, lang), lang, key="signatures-all", words=_COLUMNS)
    step = next_step(the_store(), own.principal, own.version.hash)
    _overtaken([one for one in STEPS if one != step], lang)
    if step is None:
        st.success(text("view.roster.sign.done", lang, steps=steps))
        return
    words = text(f"view.roster.sign.step.{step}", lang)
    st.markdown(f"**{plain(text('view.roster.sign.due', lang, step=words))}**")
    if own.may("sign"):
        _sign(own, step, words, looked)
    if steps > 1:
        show_alone(own, steps)


def _overtaken(closed: Sequence[str], lang: str) -> None:
    """Say that nothing was signed where somebody pressed a step that can't be signed any more."""
    pressed = next((step for step in closed if st.session_state.get(_button(step))), None)
    if pressed is not None:
        st.warning(text("view.roster.sign.overtaken", lang, step=text(f"view.roster.sign.step.{pressed}", lang)))


def _button(step: str) -> str:
    """Key of the button that signs a step: who presses it means that step, whatever is due by then."""
    return f"sign-go-{step}"


def _rows(signed: Sequence[Signature], zone: str, lang: str) -> pd.DataFrame:
    told = [
        {
            "step": text(f"view.roster.sign.step.{one.step}", lang),
            "who": one.who,
            "role": text(f"view.roster.role.{one.role}", lang),
            "at": moment_words(one.at, zone, SECOND),
            "why": one.why,
            "void": "✓" if one.void else "",
        }
        for one in signed
    ]
    return pd.DataFrame(told)


def _sign(own: Stored, step: str, words: str, looked: Sequence[str]) -> None:
    """The button is there once everything on the list was ticked."""
    lang, missing = own.lang, topics_to_look_at(own, looked)
    refused = why_not_sign(the_store(), own.principal, own.version.hash, step)
    _overtaken([step] if missing or refused else [], lang)
    if refused is not None:
        st.info(plain(refused.line(lang)))
    elif missing:
        named = text("view.team.join", lang).join(text(f"view.roster.sign.topic.{topic}", lang) for topic in missing)
        st.info(plain(text("view.roster.sign.unlooked", lang, topics=named)))
    with st.form("sign-form"):
        why = st.text_input(text("view.roster.sign.sign_why", lang), key=f"sign-why-{own.version.hash}")
        label = plain(text("view.roster.sign.sign", lang, step=words, who=own.principal.who))
        if st.form_submit_button(label, key=_button(step), type="primary", disabled=bool(missing or refused)):
            topics = text("view.team.join", lang).join(
                text(f"view.roster.sign.topic.{topic}", lang) for topic in looked
            )
            told = f"{text('view.roster.sign.why_topics', lang, topics=topics)} {why}".strip()
            _try(lambda: sign_plan(the_store(), own.principal, own.version.hash, step, told), own, "signed", step=words)


def _status(own: Stored) -> None:
    """Publish, and archive, with what stands in the way told by the store."""
    lang, status = own.lang, own.version.status
    if status == "published":
        st.info(text("view.roster.sign.after_publish", lang))
    words = own.refusal("status")
    if words:
        st.info(plain(words))
    publish_place, archive_place = st.columns(2)
    with publish_place:
        label = text("view.roster.sign.publish", lang)
        ready = status == "signed" and not words
        if st.button(label, key="sign-publish", type="primary", disabled=not ready, width="stretch"):
            _try(lambda: publish_plan(the_store(), own.principal, own.version.hash), own, "published")
    with archive_place:
        label = text("view.roster.sign.archive_sure", lang)
        sure = st.checkbox(label, key=f"sign-sure-{own.version.hash}", disabled=bool(words) or status == "archived")
        label = text("view.roster.sign.archive", lang)
        if st.button(
            label, key="sign-archive", disabled=not sure or bool(words) or status == "archived", width="stretch"
        ):
            _try(lambda: archive_plan(the_store(), own.principal, own.version.hash), own, "archived")


def _try(act: Callable[[], object], own: Stored, done: str, **facts: str) -> None:
    try:
        act()
    except InputError as error:
        tell_refused(error, own.lang)
    else:
        tell("success", text(f"view.roster.sign.{done}", own.lang, **facts))
    st.rerun()
