"""The sliders of a what-if, and what they say as suppositions."""

from collections.abc import Iterator
from typing import NamedTuple

import streamlit as st

from desk import Desk
from desk.i18n import text
from planner.whatif.demand import drivers_of

_LEAST, _MOST, _STEP = 0.5, 2.0, 0.05
_MOST_DELAY, _MOST_PEOPLE = 7, 30
_LIMITS = (0.5, 3.0)


class Slider(NamedTuple):
    """One factor: its label in words, and the name that a supposition gives it."""

    label: str
    name: str


def suppose(desk: Desk, lang: str) -> list[str]:
    """Draw everything that can be supposed; the suppositions as one would write them, none where nothing is moved."""
    parts = {"demand": _demand, "service": _service, "people": _people, "more": _written}
    found: list[str] = []
    for place, (name, draw) in enumerate(parts.items()):
        with st.expander(text(f"view.whatif.{name}", lang), expanded=not place):
            found += draw(desk, lang)
    return found


def _demand(desk: Desk, lang: str) -> Iterator[str]:
    drivers = [Slider(text("view.whatif.driver", lang, name=name), name) for name in drivers_of(desk)]
    offered = [
        Slider(text("view.whatif.offered", lang, queue=name), f"offered.{name}") for name in desk.settings.queues
    ]
    yield from _factors(
        [*drivers, *offered, Slider(text("view.whatif.plan_error", lang), "plan_error")] if drivers else offered
    )
    if drivers:
        days = st.slider(text("view.whatif.delay", lang), 0, _MOST_DELAY, 0, key="whatif-delay")
        yield from [f"delay={days}"] if days else []


def _service(desk: Desk, lang: str) -> Iterator[str]:
    yield from _factors([Slider(text(f"view.whatif.{name}", lang), name) for name in ("aht_s", "patience_s")])
    limit = desk.settings.rules.overload_limit
    low, high = min(_LIMITS[0], limit), max(_LIMITS[1], limit)
    chosen = st.slider(text("view.whatif.overload_limit", lang), low, high, limit, _STEP, key="whatif-limit")
    yield from [f"rules.overload_limit={chosen:.2f}"] if chosen != limit else []


def _people(desk: Desk, lang: str) -> Iterator[str]:
    for contract in sorted(desk.table("agents")["contract"].dropna().astype(str).unique()):
        there = int((desk.table("agents")["contract"] == contract).sum())
        label = text("view.whatif.agents", lang, contract=contract, there=there)
        low = -min(there, _MOST_PEOPLE)
        more = st.slider(label, low, _MOST_PEOPLE, 0, key=f"whatif-agents-{contract}")
        yield from [f"agents.{contract}{more:+d}"] if more else []
    for queue in desk.settings.queues:
        skills = desk.table("skills")
        able = skills["agent"].nunique() - skills.loc[skills["queue"] == queue, "agent"].nunique()
        if able:
            label = text("view.whatif.train", lang, queue=queue)
            trained = st.slider(label, 0, min(able, _MOST_PEOPLE), 0, key=f"whatif-train-{queue}")
            yield from [f"train.{queue}+{trained}"] if trained else []


def _written(desk: Desk, lang: str) -> list[str]:
    words = text("view.whatif.written", lang, name=desk.settings.name)
    more = st.text_area(words, key="whatif-more", placeholder="contracts.fulltime.max_overtime_h_day=4")
    return [line.strip() for line in more.splitlines() if line.strip()]


def _factors(sliders: list[Slider]) -> Iterator[str]:
    for own in sliders:
        factor = st.slider(own.label, _LEAST, _MOST, 1.0, _STEP, format="× %.2f", key=f"whatif-{own.name}")
        if factor != 1.0:
            yield f"{own.name}*{factor:.2f}"
