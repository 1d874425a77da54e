"""The catalogues: complete in both languages, and no finding without words."""

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import desk
from desk.errors import Finding
from desk.i18n import catalogue, text
from desk.settings.tree import setting_keys
from desk.tables import INPUT_TABLES, OUTPUT_TABLES, table

ROOT = Path(desk.__file__).parents[1]
ROOMS = ("desk", "forecast", "staffing", "scheduler", "incentive", "store", "charts", "planner", "views", "data")
NOTES = frozenset({"rows", "several", "mark", "setting", "ledger.add"})


def codes_in(source: Path, calls: frozenset[str]) -> Iterator[str]:
    """Codes that a file of our code gives to a finding through one of ``calls``, as far as they are written out."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and called(node) in calls:
            yield from codes_of(node)


def called(call: ast.Call) -> str:
    """Name of the function, with its owner where it is a plain ``add``."""
    if not isinstance(call.func, ast.Attribute):
        return getattr(call.func, "id", "")
    owner = getattr(call.func.value, "attr", getattr(call.func.value, "id", ""))
    return f"{owner}.add" if call.func.attr == "add" else call.func.attr


def codes_of(call: ast.Call) -> Iterator[str]:
    given = [*call.args[:1], *(word.value for word in call.keywords if word.arg == "code")]
    for one in given:
        parts = [one.body, one.orelse] if isinstance(one, ast.IfExp) else [one]
        yield from (part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))


def test_every_key_stands_in_both_languages() -> None:
    """A sentence that is missing in one language would break the app for its users."""
    assert catalogue("en").keys() == catalogue("zh").keys()


@pytest.mark.parametrize("folder", ["en", "zh_CN"])
def test_no_key_stands_in_the_files_of_two_rooms(folder: str) -> None:
    """The later file would silently replace the words of the other room."""
    seen: dict[str, str] = {}
    twice = []
    for path in sorted((ROOT / "desk" / "locales" / folder).glob("*.toml")):
        for section, words in tomllib.loads(path.read_text(encoding="utf-8")).items():
            keys = [f"{section}.{name}" for name in words]
            twice += [(key, seen[key], path.name) for key in keys if key in seen and section in ("finding", "cure")]
            seen |= dict.fromkeys(keys, path.name)
    assert twice == []


def test_sentences_name_the_same_facts_in_both_languages() -> None:
    """A translation that drops or renames a {fact} says less, or fails when it is said."""
    english, chinese = catalogue("en"), catalogue("zh")
    assert [key for key in english if facts_of(english[key]) != facts_of(chinese[key])] == []


def facts_of(sentence: str) -> set[str]:
    names = (name for _, name, _, _ in string.Formatter().parse(sentence) if name)
    return {name.partition(".")[0] for name in names}


def test_words_follow_their_count() -> None:
    """“1 days off … are due” looks as if nobody had read it: the words hang on the number as it is shown."""
    facts = {"agent": "A1", "date": "2026-06-18"}
    one, two = (text("finding.roster_min_days_off_week", value=count, limit=str(count), **facts) for count in (1, 2))
    assert one == "A1 has 1 day off in the week of 2026-06-18; at least 1 is due."
    assert two == "A1 has 2 days off in the week of 2026-06-18; at least 2 are due."
    assert text("view.foreign.total", offered=1.4) == "1 inquiry in all."
    assert text("view.overview.all_findings", count=3) == "All 3 findings"
    assert [key for key, words in catalogue("en").items() if "(s)" in words] == []
    forms = (form for words in catalogue("en").values() for _, _, form, _ in string.Formatter().parse(words) if form)
    assert [form for form in forms if form.count("|") not in (0, 2)] == []


def test_every_finding_has_a_cure() -> None:
    """Nobody is told what is wrong without being told what to do."""
    keys = catalogue("en").keys()
    findings = {key.removeprefix("finding.") for key in keys if key.startswith("finding.")}
    cures = {key.removeprefix("cure.") for key in keys if key.startswith("cure.")}
    assert findings - cures == {"place_row", "place_column", "place_join", "line", "line_nowhere", "measure"}
    assert cures <= findings


@pytest.mark.parametrize("room", ROOMS)
def test_every_code_that_a_room_uses_has_words(room: str) -> None:
    """A finding without words would be a traceback at the worst moment."""
    calls = frozenset({"Finding"}) | (NOTES if room == "desk" else frozenset())
    used = {code for path in (ROOT / room).rglob("*.py") for code in codes_in(path, calls)}
    codes = {code for code in used if re.fullmatch(r"[a-z][a-z0-9_]*", code)}
    known = {key.removeprefix("finding.") for key in catalogue("en") if key.startswith("finding.")}
    assert codes - known == set()


def test_every_setting_is_explained_in_both_languages() -> None:
    """Settings are explained where they are set: in the template and in the reference."""
    missing = [key.help_key for key in setting_keys() if key.help_key not in catalogue("en")]
    assert missing == []


def test_every_column_is_explained_in_both_languages() -> None:
    """Titles stand in the app, help and examples in the templates and the reference: none may be missing."""
    bare = [
        (name, column.name)
        for name in INPUT_TABLES + OUTPUT_TABLES
        for column in table(name).columns.values()
        if not all((column.title_en, column.title_zh, column.help_en, column.help_zh))
        or (name in INPUT_TABLES and not column.example)
    ]
    assert bare == []


@pytest.mark.parametrize(("lang", "due"), [("en", "second person"), ("zh", "第二人")])
def test_codes_stand_in_sentences_as_words(lang: str, due: str) -> None:
    """Nobody reads the program's own names of steps, roles and states; what is none of them stays as it is."""
    found = [
        Finding("sign_order", value="other", facts={"due": "second"}),
        Finding("sign_peer", value="lead", facts={"role": "manager"}),
        Finding("plan_final", value="published"),
    ]
    said = " ".join(own.message(lang) for own in found)
    assert due in said
    assert lang == "en" or not re.search("[a-z]", said)
    assert "-" in Finding("sign_order", value="other", facts={"due": "-"}).message(lang)


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("overload", "Over-volume (overload)", "超量接待（overload）"),
        ("within_60s", "Reply within 60 s (within_60s)", "60 秒回复率（within_60s）"),
        ("unheard", "in unheard:", "在 unheard 上"),
    ],
)
def test_a_measure_is_told_by_its_title(name: str, english: str, chinese: str) -> None:
    """Sentences named measures by the codes of the settings alone, also in Chinese."""
    finding = Finding("no_measurable_difference", "note", facts={"measure": name})
    assert english in finding.message("en")
    assert chinese in finding.message("zh")
