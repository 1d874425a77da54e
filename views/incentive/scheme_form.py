"""Changes a scheme: what is commonly changed, judged at once, with whom it would have paid what."""

from collections.abc import Mapping
from functools import partial
from typing import Any, get_args

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from desk import Desk, InputError
from desk.currency import digits, money_words
from desk.i18n import text
from desk.settings import IncentiveSettings
from desk.settings.incentive import PaidMeasure
from incentive import measure_title, payout
from incentive.scheme import SCHEMES, amounts_elsewhere, with_incentive, with_scheme
from planner.desk_change import changed_desk
from planner.pay.run import paid_runs
from store import DeskVersion, Principal, ScoreRun, save_desk, scope
from views.api.serve import the_store
from views.desk_chosen import OpenDesk
from views.figure import Figure, show_figures
from views.findings import show_findings
from views.incentive.amount import show_money_table
from views.incentive.runs import names_of, runs_of, scheme_of, scores_of
from views.markdown import plain
from views.recalled import again
from views.told import tell

MEASURES: tuple[PaidMeasure, ...] = get_args(PaidMeasure)
_PER_MEASURE = ("weights", "prices", "quotas", "caps")
_DEALS = frozenset(("scheme", "budget", "cap_agent", "guarantee", "guarantee_contacts", "gates", *_PER_MEASURE))
"""Fields that deal out what was earned; by all others it is earned."""
_AS_GIVEN = "%g"
"""With two decimals a price of 0.125 stood there as 0.13."""
_OWN = "own"
_MOST_LONGEST = 500
_SEEN = "scheme-seen-"
"""By the desk's name, its version that the form was filled from; who saved another one meanwhile is told of."""


def show_form(principal: Principal, own: OpenDesk, lang: str) -> None:
    """Draw the form, what is wrong with what it holds, the pay that it would have made, and the way to save it."""
    st.subheader(text("view.scheme.change", lang))
    base = _base(own.desk, lang)
    given = _asked(base, own.version, lang)
    try:
        changed = with_incentive(own.desk, base.model_dump() | given, text("view.scheme.form", lang))
    except InputError as error:
        show_findings(error.findings, lang, key="scheme-findings")
        return
    scheme = changed.settings.incentive
    if scheme == own.desk.settings.incentive:
        st.session_state[_SEEN + own.version.name] = own.version.hash
        st.caption(text("view.scheme.same", lang))
        return
    _would_have_paid(principal, own.desk, changed, lang)
    _save(principal, own, scheme, lang)


def _base(desk: Desk, lang: str) -> IncentiveSettings:
    """The desk's scheme, or a ready one to begin from."""
    words = {_OWN: text("view.scheme.own", lang)} | {name: text(f"view.scheme.ready.{name}", lang) for name in SCHEMES}
    label = text("view.scheme.begin", lang)
    chosen = st.selectbox(label, list(words), format_func=words.__getitem__, key="scheme-base")
    for finding in amounts_elsewhere(desk, chosen):
        st.warning(plain(finding.message(lang)))
    return desk.settings.incentive if chosen == _OWN else with_scheme(desk, chosen).settings.incentive


def _asked(base: IncentiveSettings, version: DeskVersion, lang: str) -> dict[str, Any]:
    """What the form of a desk holds: budget, guarantee and cap, and of each measure weight, price, quota and cap."""
    begun = st.session_state.get("scheme-base", _OWN)
    stamp, about = f"{begun}-{version.name}", f"{begun}-{version.hash}"
    given: dict[str, Any] = {}
    for place, name in zip(
        st.columns(4, vertical_alignment="bottom"),
        ("budget", "guarantee", "guarantee_contacts", "cap_agent"),
        strict=True,
    ):
        label, known = text(f"view.scheme.{name}", lang), getattr(base, name)
        given[name] = _field(place, label, known, about, f"scheme-{stamp}-{name}")
    if given["cap_agent"] == 0:
        given["cap_agent"] = None
    return given | _of_measures(base, stamp, about, lang)


def _field(
    place: DeltaGenerator, label: str, known: float | None, about: str, key: str, step: float = 0.01
) -> float | None:
    """Draw a field that begins with what is known, or with what was typed there before."""
    own = partial(place.number_input, label, 0.0, None, key=key, step=step, format=_AS_GIVEN)
    return again(about, key, known, own)


def _of_measures(base: IncentiveSettings, stamp: str, about: str, lang: str) -> dict[str, dict[str, float]]:
    tables: dict[str, dict[str, float]] = {name: {} for name in _PER_MEASURE}
    for measure in MEASURES:
        places = st.columns(len(_PER_MEASURE), vertical_alignment="bottom")
        for place, name in zip(places, _PER_MEASURE, strict=True):
            known: Mapping[Any, float] = getattr(base, name)
            label = text(f"view.scheme.of.{name}", lang, measure=measure_title(measure, lang))
            step, key = 0.05 if name == "weights" else 1.0, f"scheme-{stamp}-{name}-{measure}"
            value = _field(place, label, known.get(measure), about, key, step)
            if value is not None and value > 0:
                tables[name][measure] = value
    return tables


def _would_have_paid(principal: Principal, desk: Desk, changed: Desk, lang: str) -> None:
    """The last settlement under both schemes: the claims stay, the money is dealt anew."""
    run = last_settled(principal, desk.settings.name) if scope(principal, "score.read") == "all" else None
    if run is None:
        st.caption(text("view.scheme.no_run", lang))
        return
    scores = scores_of(principal, run.id)
    try:
        after = payout(changed, scores).set_index("agent")["amount"]
    except InputError as error:
        show_findings(error.findings, lang, key="scheme-payout")
        return
    before = payout(desk, scores).set_index("agent")["amount"]
    st.markdown(plain(text("view.scheme.would", lang, name=run.name, number=run.id)))
    if other := earned_otherwise(scheme_of(run), changed.settings.incentive):
        st.caption(plain(text("view.scheme.earned_otherwise", lang, settings=", ".join(other))))
    currency = desk.settings.currency
    moved = (after - before).round(digits(currency))
    figures = [
        Figure("scheme.before", money_words(before.sum(), currency)),
        Figure("scheme.after", money_words(after.sum(), currency)),
        Figure("scheme.more", f"{int((moved > 0).sum())} / {int((moved < 0).sum())}"),
    ]
    show_figures(figures, lang)
    names = names_of(principal, run, tuple(after.index))
    order = moved.abs().sort_values(ascending=False, kind="stable").index
    shown = pd.DataFrame({"name": [names[agent] for agent in order], "agent": order, "payout_before": before[order]})
    shown = shown.assign(payout_after=after[order].to_numpy(), payout_change=moved[order].to_numpy())
    show_money_table(shown, currency, lang, key="scheme-would")


def earned_otherwise(then: IncentiveSettings, now: IncentiveSettings) -> tuple[str, ...]:
    """Settings by which other units would have been earned: what the money is dealt by anew does not know them."""
    names = (name for name in IncentiveSettings.model_fields if name not in _DEALS)
    return tuple(name for name in names if getattr(then, name) != getattr(now, name))


def last_settled(principal: Principal, desk: str) -> ScoreRun | None:
    """The newest settlement of a desk, by its name."""
    return next((run for run in paid_runs(runs_of(principal)) if run.summary.get("desk_name", desk) == desk), None)


def _save(principal: Principal, own: OpenDesk, scheme: IncentiveSettings, lang: str) -> None:
    why = st.text_input(text("view.scheme.why", lang), key="scheme-why", max_chars=_MOST_LONGEST)
    if not st.button(text("view.scheme.save", lang), key="scheme-save", type="primary", disabled=not why.strip()):
        return
    fields, seen = scheme.model_dump(mode="json", exclude_none=True), _SEEN + own.version.name
    gone = {name: None for name in IncentiveSettings.model_fields if name not in fields}
    with st.spinner(text("view.data.checking", lang)):
        settings: dict[tuple[str, ...], Any] = {("incentive", name): one for name, one in (fields | gone).items()}
        changed = changed_desk(own.desk, settings=settings)
        try:
            version = save_desk(the_store(), principal, changed, why, seen=st.session_state.get(seen))
        except InputError as error:
            st.session_state[seen] = own.version.hash
            show_findings(error.findings, lang, key="scheme-refused")
            return
    tell("success", text("view.scheme.saved", lang, name=version.name, hash=version.hash[:8]))
    st.rerun()
