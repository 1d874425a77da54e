"""The sliders of a what-if, and what they say as suppositions."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

import streamlit as st

from desk import Basis, Desk, basis_of
from desk.i18n import catalogue, text
from desk.natural import natural
from planner.whatif.demand import drivers_of
from views.markdown import plain
from views.recalled import again, forget

_LEAST, _MOST, _STEP = 0.5, 2.0, 0.05
_MOST_DELAY, _MOST_PEOPLE, _MOST_HOURS = 7, 30, 24
_LIMITS = (0.5, 3.0)
Number = TypeVar("Number", int, float)
_MORE, _ABOUT, _DESK = "whatif-more", "whatif", "whatif-desk"


class Slider(NamedTuple):
    """One factor: its label in words, and the name that a supposition gives it."""

    label: str
    name: str


def suppose(desk: Desk, lang: str) -> list[str]:
    """Draw everything that can be supposed; the suppositions as one would write them, none where nothing is moved."""
    if st.session_state.get(_DESK) != desk.settings.name:
        forget(_ABOUT)
        st.session_state[_DESK] = desk.settings.name
    parts = {"demand": _demand, "service": _service, "people": _people, "more": _written}
    if basis_of(desk) is Basis.HEADCOUNTS:
        parts = {"people": _people, "more": _written}
    found: list[str] = []
    first = next(iter(parts))
    given = bool(st.session_state.get(_MORE))
    for name, draw in parts.items():
        with st.expander(text(f"view.whatif.{name}", lang), expanded=name == first or (name == "more" and given)):
            found += draw(desk, lang)
    return found


def prepare(suppositions: Sequence[str]) -> None:
    """Fill the box of written suppositions for the page What if, before it is opened."""
    forget(_ABOUT)
    st.session_state[_MORE] = "\n".join(suppositions)


def _demand(desk: Desk, lang: str) -> Iterator[str]:
    drivers = [Slider(_driver_words(name, lang), name) for name in drivers_of(desk)]
    offered = [
        Slider(text("view.whatif.offered", lang, queue=plain(name)), f"offered.{name}") for name in desk.settings.queues
    ]
    yield from _factors(
        [*drivers, *offered, Slider(text("view.whatif.plan_error", lang), "plan_error")] if drivers else offered
    )
    if drivers:
        days = _slider(text("view.whatif.delay", lang), 0, _MOST_DELAY, 0, "whatif-delay")
        yield from [f"delay={days}"] if days else []


def _driver_words(name: str, lang: str) -> str:
    """A column of table ``drivers`` by its usual word, where it has one."""
    known = catalogue(lang).get(f"view.whatif.known.{name}")
    return text("view.whatif.driver", lang, name=plain(name if known is None else f"{known} ({name})"))


def _service(desk: Desk, lang: str) -> Iterator[str]:
    yield from _factors([Slider(text(f"view.whatif.{name}", lang), name) for name in ("aht_s", "patience_s")])
    limit = desk.settings.rules.overload_limit
    low, high = min(_LIMITS[0], limit), max(_LIMITS[1], limit)
    chosen = _slider(text("view.whatif.overload_limit", lang), low, high, limit, f"whatif-limit-{limit:g}", _STEP)
    yield from [f"rules.overload_limit={chosen:.2f}"] if chosen != limit else []


def _people(desk: Desk, lang: str) -> Iterator[str]:
    for contract in sorted(desk.table("agents")["contract"].dropna().astype(str).unique(), key=natural):
        there = int((desk.table("agents")["contract"] == contract).sum())
        label = text("view.whatif.agents", lang, contract=plain(contract), there=there)
        low = -min(there, _MOST_PEOPLE)
        more = _slider(label, low, _MOST_PEOPLE, 0, f"whatif-agents-{contract}")
        yield from [f"agents.{contract}{more:+d}"] if more else []
    for queue in desk.settings.queues:
        yield from _of_queue(desk, queue, lang)


def _of_queue(desk: Desk, queue: str, lang: str) -> Iterator[str]:
    """Training for a queue, and overtime in it."""
    skills = desk.table("skills")
    holders = skills.loc[skills["queue"] == queue, "agent"].nunique()
    able = skills["agent"].nunique() - holders
    if able:
        label = text("view.whatif.train", lang, queue=plain(queue))
        trained = _slider(label, 0, min(able, _MOST_PEOPLE), 0, f"whatif-train-{queue}")
        yield from [f"train.{queue}+{trained}"] if trained else []
    if holders and basis_of(desk) is Basis.HISTORY:
        label = text("view.whatif.overtime", lang, queue=plain(queue))
        hours = _slider(label, 0, _MOST_HOURS, 0, f"whatif-overtime-{queue}")
        yield from [f"overtime.{queue}+{hours}"] if hours else []


def _written(desk: Desk, lang: str) -> list[str]:
    words = text("view.whatif.written", lang, name=plain(desk.settings.name))
    more = st.text_area(words, key=_MORE, placeholder="contracts.fulltime.max_overtime_h_day=4")
    return [line.strip() for line in more.splitlines() if line.strip()]


def _factors(sliders: list[Slider]) -> Iterator[str]:
    for own in sliders:
        factor = _slider(own.label, _LEAST, _MOST, 1.0, f"whatif-{own.name}", _STEP, "× %.2f")
        if factor != 1.0:
            yield f"{own.name}*{factor:.2f}"


def _slider(
    label: str, low: Number, high: Number, usual: Number, key: str, step: Number | None = None, form: str | None = None
) -> Number:
    """Draw a slider that stands where it stood when its page was left."""

    def drawn(place: Number) -> Number:
        return st.slider(label, low, high, min(max(place, low), high), step, form, key=key)

    return again(_ABOUT, key, usual, drawn)
