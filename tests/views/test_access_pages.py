"""The access matrix through the pages: every role opens every page and everything that can be chosen there; nobody is
shown pay, scores, statements, requests, wages or names of people outside of their reach."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from desk import load_desk
from store import (
    MATRIX,
    Check,
    Principal,
    add_principal,
    make_request,
    open_store,
    owner,
    publish_plan,
    put_checks,
    save_desk,
    save_plan,
    save_scores,
    sign_plan,
)
from tests.views.own_world import files, today, write_desk
from views.doors import DOORS

ROOT = Path(__file__).parents[2]
TEAMS = {"A1": "A", "A2": "A", "B1": "B"}
LINES = {"A1": "EE.E.E.", "A2": "L.L.L.L", "B1": "EE....."}
BOSS = Principal("boss@example.com", "manager")
PEOPLE = {
    "manager": BOSS,
    "analyst": Principal("ana@example.com", "analyst"),
    "auditor": Principal("audit@example.com", "auditor"),
    "lead": Principal("lee@example.com", "lead", ("A",)),
    "lead of nobody": Principal("new@example.com", "lead"),
    "agent": Principal("a1@example.com", "agent", agent="A1"),
    "agent of nothing": Principal("lost@example.com", "agent", agent="Z9"),
}
MARKS = {
    "score.read": ("611.2{n}", "StatementOf{code}Q"),
    "request.read": ("WordsOf{code}Q", "AppealOf{code}Q"),
    "desk.read": ("53.1{n}", "Name{code}Q"),
}
"""Action -> what is written into an agent's rows that it gives, and nowhere else."""
MOST_CHOICES = 6


def marks(action: str, code: str) -> list[str]:
    """What betrays an agent's rows."""
    number = list(TEAMS).index(code) + 3
    return [own.format(code=code, n=number) for own in MARKS[action]]


def within(who: Principal, action: str) -> set[str]:
    """The agents whose rows the matrix lets somebody see."""
    reach = MATRIX[action][who.role]
    teams = {code for code, team in TEAMS.items() if team in who.teams}
    own = {who.agent} & TEAMS.keys()
    return {"all": set(TEAMS), "teams": teams | own, "own": own, "none": set()}[reach]


def barred(who: Principal) -> list[str]:
    """What must not be drawn for somebody; the names of their own team are known to leads and to colleagues."""
    found = [mark for action in MARKS for code in TEAMS.keys() - within(who, action) for mark in marks(action, code)]
    teams = {*who.teams, TEAMS.get(who.agent or "")}
    near = {f"Name{code}Q" for code, team in TEAMS.items() if team in teams}
    return sorted(set(found) - near)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with two teams, whose rows all carry a mark of their own."""
    folder = tmp_path_factory.mktemp("pages")
    url, first = f"sqlite:///{folder / 'store.db'}", today()
    store = open_store(url)
    for who in PEOPLE.values():
        add_principal(store, owner(), who)
    place = write_desk(folder / "desk", first, {code: f"Name{code}Q" for code in TEAMS})
    people = pd.read_csv(place / "agents.csv").assign(cost_per_h=[float(marks("desk.read", own)[0]) for own in TEAMS])
    people.to_csv(place / "agents.csv", index=False)
    desk = save_desk(store, owner(), load_desk(place)).hash
    plan = save_plan(store, BOSS, files(first, LINES), desk).hash
    put_checks(store, BOSS, plan, [Check("audit_clean")])
    sign_plan(store, BOSS, plan, "setter")
    publish_plan(store, BOSS, plan)
    run = save_scores(store, BOSS, "June", _scores(), desk, pages=_statements(), summary={"kind": "settled"}).id
    for number, code in enumerate(TEAMS):
        asker, (words, claim) = Principal(f"{code}@example.com", "agent", agent=code), marks("request.read", code)
        day = (first + pd.Timedelta(days=400 + number)).isoformat()
        make_request(store, asker, "wish", {"date": day, "wish": "off", "weight": 5}, words=words)
        make_request(store, asker, "appeal", {"run": run, "measure": "rating", "record": None, "claim": claim})
    return url


def _scores() -> pd.DataFrame:
    common = {"contacts": 40.0, "observed": 0.8, "expected": 0.7, "adjusted": 0.78, "low": 0.7, "high": 0.86}
    rows = [
        {"agent": code, "measure": measure, **common, "score": 0.6, "claim": 3.0}
        | {"payout": float(marks("score.read", code)[0])}
        for code in TEAMS
        for measure in ("rating", "composite")
    ]
    return pd.DataFrame(rows)


def _statements() -> dict[str, dict[str, bytes]]:
    page = "<html><body><h1>{mark}</h1></body></html>"
    return {
        code: {lang: page.format(mark=marks("score.read", code)[1]).encode() for lang in ("en", "zh")} for code in TEAMS
    }


@dataclass
class Eyes:
    """Everything that was drawn, also what could be taken away as a file."""

    seen: list[str]

    def __call__(self, page: AppTest) -> None:
        """Look at a page."""
        assert not page.exception, [own.value for own in page.exception]
        self.seen += [str(own.proto) for own in _elements(page._tree)]
        self.seen += [own.value.to_string() for own in page.dataframe]

    def find(self, words: list[str]) -> set[str]:
        """Which of the words were seen."""
        everything = "\n".join(self.seen)
        return {word for word in words if re.search(rf"(?<![0-9.]){re.escape(word)}", everything)}


def _elements(node: Any) -> Iterator[Any]:
    if getattr(node, "proto", None) is not None:
        yield node
    for child in getattr(node, "children", {}).values():
        yield from _elements(child)


@pytest.fixture
def eyes(monkeypatch: pytest.MonkeyPatch) -> Eyes:
    """Eyes that also read what is offered for taking away."""
    found = Eyes([])
    plain = DeltaGenerator.download_button

    def kept(self: Any, label: str, data: Any, *words: Any, **settings: Any) -> bool:
        body = data() if callable(data) else data
        found.seen.append(body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body))
        return plain(self, label, data, *words, **settings)

    monkeypatch.setattr(DeltaGenerator, "download_button", kept)
    monkeypatch.setattr(st, "download_button", lambda *words, **settings: kept(st._main, *words, **settings))
    return found


def look_everywhere(name: str, eyes: Eyes) -> None:
    """Open a page, then make every choice of few on it, one after the other."""
    page = AppTest.from_file(str(ROOT / "views" / "pages" / f"{name}_page.py"), default_timeout=60)
    page.session_state["lang"] = "en"
    eyes(page.run())
    for kind in ("button_group", "radio", "selectbox"):
        for place in range(len(getattr(page, kind))):
            options = list(getattr(page, kind)[place].options)
            for number in range(len(options) if 1 < len(options) <= MOST_CHOICES else 0):
                widgets = getattr(page, kind)
                if place < len(widgets) and number < len(widgets[place].options):
                    eyes(_choose(widgets[place], number).run())


def _choose(widget: Any, number: int) -> Any:
    """Choose the ``number``-th option, by its value: what is drawn are its words."""
    words = getattr(widget.format_func, "__self__", None)
    value = list(words)[number] if isinstance(words, dict) else widget.options[number]
    return widget.set_value(value)


@pytest.mark.parametrize("role", PEOPLE)
def test_no_page_shows_what_is_not_theirs(
    role: str, address: str, eyes: Eyes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whatever address somebody types, also of pages that their menu does not have; who may see it does."""
    who = PEOPLE[role]
    monkeypatch.setenv("PEAKDESK_DB", address)
    monkeypatch.setenv("PEAKDESK_OUT", str(tmp_path))
    monkeypatch.setenv("PEAKDESK_SIGN_IN", "proxy")
    monkeypatch.setattr("views.who._proved", lambda: who.who)
    for door in DOORS:
        look_everywhere(door.name, eyes)
        assert eyes.find(barred(who)) == set(), f"{role} on page {door.name}"
    theirs = {mark for code in within(who, "score.read") for mark in marks("score.read", code)}
    theirs |= {marks("request.read", code)[0] for code in within(who, "request.answer")}
    assert eyes.find(sorted(theirs)) == theirs, "what is theirs is there"
