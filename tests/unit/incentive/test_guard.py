"""Guards against gaming."""

from dataclasses import replace

import pytest

from desk.i18n import LANGUAGES
from incentive import assess
from incentive.guard import GUARDS, detect, guard_findings
from incentive.log import read_log
from tests.unit.incentive.small import frame, small_desk

HEAD = """contact, queue, agent, arrived, first_reply, closed, customer, questions, answers, ended_by, transferred,
rating, rating_asked_by""".replace("\n", "")
ROWS = {
    "honest": "2025-06-16T10:00:00, 2025-06-16T10:00:10, 2025-06-16T10:05:00, U1, 3, 4, customer, 0, 5, system",
    "greeting": "2025-06-16T10:10:00, 2025-06-16T10:10:10, 2025-06-16T10:15:00, U2, 3, 1, customer, 0,,",
    "hang_up": "2025-06-16T10:20:00, 2025-06-16T10:20:10, 2025-06-16T10:20:25, U3, 3, 2, agent, 0,,",
    "transfer": "2025-06-16T10:30:00, 2025-06-16T10:30:10, 2025-06-16T10:35:00, U4, 3, 2, system, 1,,",
    "self_invited": "2025-06-16T10:40:00, 2025-06-16T10:40:10, 2025-06-16T10:45:00, U5, 3, 2, customer, 0, 5, agent",
    "split": "2025-06-16T10:06:00, 2025-06-16T10:06:10, 2025-06-16T10:08:00, U1, 3, 4, customer, 0,,",
    "merged": "2025-06-16T11:00:00, 2025-06-16T11:00:10, 2025-06-17T11:00:00, U6, 3, 4, customer, 0,,",
}


def log_text(names: list[str]) -> str:
    """The rows of these names as a log of Ann's."""
    return "\n".join([HEAD, *(f"{name}, sale, Ann, {ROWS[name]}" for name in names)])


def test_each_guard_finds_its_own_and_nothing_else() -> None:
    """Greetings, hang-ups, transfers, ratings asked for, splits and merges are told apart from honest work."""
    desk = small_desk()
    log = read_log(desk, frame("contacts", log_text(list(ROWS))))
    found = {guard: list(log.rows["contact"][flags]) for guard, flags in detect(desk, log).items()}
    assert found == {guard.name: [guard.name] if guard.name != "repeat" else [] for guard in GUARDS}


def test_what_a_guard_finds_counts_no_longer_and_is_listed() -> None:
    """Excluded by rule, never silently: six contacts are handled volume, the hang-up is not fast, one rating counts."""
    desk = small_desk()
    found = assess(desk, frame("contacts", log_text(list(ROWS))))
    counts = found.scores.set_index("measure")["contacts"]
    assert counts["contacts"] == 3
    assert counts["rating"] == 1
    assert counts["speed"] == 4
    assert found.scores.set_index("measure")["observed"]["speed"] == 3 / 4
    listed = {own.code: own.facts["count"] for own in found.findings if own.code.startswith("guard_")}
    assert listed == {f"guard_{guard.name}": 1 for guard in GUARDS if guard.name != "repeat"}


def test_splitting_a_record_pays_nothing() -> None:
    """A contact cut into four counts as the one it is."""
    whole = assess(small_desk(), frame("contacts", log_text(["honest"]))).scores
    lines = [f"P{n}, sale, Ann, 2025-06-16T10:0{n}:00, 2025-06-16T10:0{n}:05, 2025-06-16T10:0{n}:50, U1, 3, 4,,0,,"
             for n in range(4)]  # fmt: skip
    parts = assess(small_desk(), frame("contacts", "\n".join([HEAD, *lines]))).scores
    for scores in (whole, parts):
        own = scores.set_index("measure")
        assert own.loc["contacts", "observed"] == 1
        assert own.loc["speed", "contacts"] == 1


def test_a_customer_who_comes_all_day_counts_so_often_and_no_more() -> None:
    """Repeated contacts of a customer with an agent count three times a day."""
    lines = [f"R{n}, sale, Ann, 2025-06-16T1{n}:00:00, 2025-06-16T1{n}:00:05,, U1,,,,,," for n in range(5)]
    found = assess(small_desk(), frame("contacts", "\n".join([HEAD, *lines])))
    assert found.scores.set_index("measure").loc["contacts", "observed"] == 3


def found_by(guard: str, lines: str) -> set[str]:
    """Contacts that a guard finds in a log."""
    head = "contact, agent, queue, arrived, first_reply, closed, customer, ended_by, abandoned\n"
    log = read_log(small_desk(), frame("contacts", head + lines))
    return set(log.rows["contact"][detect(small_desk(), log)[guard]])


def test_a_part_is_found_whatever_lies_between() -> None:
    """A contact of another queue, one inside a longer one, and one that nobody answered hide nothing."""
    day, lines = "2025-06-16T", ""
    for name, agent, queue, arrived, closed in (
        ("long", "Ann", "sale", "10:00", "11:00"), ("inside", "Ann", "sale", "10:20", "10:25"),
        ("other", "Ann", "care", "10:50", "10:55"), ("later", "Ann", "sale", "11:05", "11:06"),
        ("new", "Ann", "sale", "11:30", "11:31"), ("Bos", "Bo", "sale", "11:02", "11:03"),
    ):  # fmt: skip
        lines += f"{name}, {agent}, {queue}, {day}{arrived}:00, {day}{arrived}:05, {day}{closed}:00, U1, customer, 0\n"
    assert found_by("split", lines) == {"inside", "later"}
    left = "".join(f"L{n}, Ann, sale, {day}10:0{n}:00,, {day}10:0{n}:30, U2, customer, 1\n" for n in range(4))
    came = f"came, Ann, sale, {day}10:05:00, {day}10:05:05, {day}10:09:00, U2, customer, 0\n"
    assert found_by("split", left + came) == found_by("repeat", left + came) == set()


def test_parts_of_one_contact_use_up_no_others() -> None:
    """A customer who was cut off three times and comes again in the evening is the agent's second contact, not the
    fifth."""
    lines = "".join(
        f"R{n}, Ann, sale, 2025-06-16T{at}:00, 2025-06-16T{at}:05, 2025-06-16T{at}:50, U1, customer, 0\n"
        for n, at in enumerate(("10:00", "10:01", "10:02", "10:03", "20:00"))
    )
    assert found_by("repeat", lines) == set()
    assert found_by("split", lines) == {"R1", "R2", "R3"}


def test_an_end_that_nobody_wrote_down_is_no_hang_up() -> None:
    """Missing is not zero: ended by the agent, at a time that the log does not hold."""
    lines = "".join(
        f"{name}, Ann, sale, 2025-06-16T10:00:00, 2025-06-16T10:00:05, {closed}, U1, agent, 0\n"
        for name, closed in (("quick", "2025-06-16T10:00:15"), ("open", ""), ("long", "2025-06-16T10:09:00"))
    )
    assert found_by("hang_up", lines) == {"quick"}


def test_a_guard_without_its_column_says_so_and_one_that_is_off_is_off() -> None:
    """What can't be looked for is told; what is not wanted is not done."""
    plain = frame("contacts", "contact,queue,agent,arrived\nK1,sale,Ann,2025-06-16T10:00:00")
    log = read_log(small_desk(), plain)
    (blind,) = guard_findings(small_desk(), log)
    assert blind.facts["guards"] == ", ".join(guard.name for guard in GUARDS)
    assert "ended_by" in blind.facts["columns"]
    off = small_desk(incentive={"guards": {"off": [guard.name for guard in GUARDS]}})
    full = read_log(off, frame("contacts", log_text(list(ROWS))))
    assert detect(off, full) == {}
    assert list(guard_findings(off, full)) == []


def test_contacts_ended_just_before_a_limit_are_noticed() -> None:
    """Forty contacts that end seconds before seven minutes, and none after, are no accident."""
    lines = [f"B{n}, sale, Ann, 2025-06-16T10:00:00, 2025-06-16T10:00:05, 2025-06-16T10:06:5{n % 10}, V{n},,,,,,"
             for n in range(40)]  # fmt: skip
    desk = small_desk(incentive={"guards": {"duration_limits_s": [420.0]}})
    log = read_log(desk, frame("contacts", "\n".join([HEAD, *lines])))
    log = replace(log, guarded=detect(desk, log))
    assert [own.value for own in guard_findings(desk, log) if own.code == "guard_bunching"] == ["Ann"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_guard_has_its_words(lang: str) -> None:
    """What a guard finds, and that it could not look, can be said in both languages."""
    log = read_log(small_desk(), frame("contacts", log_text(list(ROWS))))
    log = replace(log, guarded=detect(small_desk(), log))
    assert all(own.line(lang) for own in guard_findings(small_desk(), log))
    blind = read_log(small_desk(), frame("contacts", "contact,queue,agent,arrived\nK1,sale,Ann,2025-06-16T10:00:00"))
    assert all(own.line(lang) for own in guard_findings(small_desk(), blind))
