"""Unpopular shifts are shared: a person's fair share follows the days on which the person is there."""

from tests.rules.small import AGENTS, before, desk, judged, told

FAIR = '[rules]\nfairness_price = 30\nunpopular = ["N"]'


def test_one_person_with_all_the_nights() -> None:
    """Protects people from carrying all that nobody likes: 4 nights where 2 are fair."""
    (finding,) = judged(desk(settings=FAIR), "ann N N N N")
    assert (finding.code, finding.severity, finding.value) == ("roster_fairness", "warning", "ann")
    assert (finding.facts["value"], finding.facts["limit"]) == ("4", "2")


def test_nights_shared_evenly() -> None:
    """Protects a fair roster."""
    assert told(desk(settings=FAIR), "ann N N\nbob - - N N") == []


def test_less_than_a_whole_shift_above_is_a_note() -> None:
    """Protects against noise: an odd night can't be cut in two."""
    assert told(desk(settings=FAIR), "ann N\nbob E") == [("roster_fairness", "note", "ann", "")]


def test_without_a_price_nothing_is_asked() -> None:
    """Protects desks that don't share shifts."""
    assert told(desk(settings='[rules]\nunpopular = ["N"]'), "ann N N N N") == []


def test_who_is_half_the_time_there_has_half_the_share() -> None:
    """Protects people on leave: of 6 nights, 2 are the share of 3 days beside 6."""
    leave = "agent,date\nbob,2026-06-04\nbob,2026-06-05\nbob,2026-06-06"
    of = desk(settings=FAIR, days=6, leave=leave)
    assert told(of, "ann N N N N\nbob N N") == []
    assert told(of, "ann N N N\nbob N N N") == [("roster_fairness", "warning", "bob", "")]


def test_who_may_not_work_nights_has_no_share() -> None:
    """Protects those who can't do them, and the shares of those who can."""
    agents = AGENTS.replace("bob,Bob,blue,full", "bob,Bob,blue,day")
    of = desk(settings=FAIR + '\n[contracts.day]\nshifts = ["E"]', agents=agents)
    assert told(of, "ann N N N N\nbob E") == []


def test_what_was_carried_before_counts_as_long_as_it_is_remembered() -> None:
    """Protects fairness over time: who had three lately is spared now; without memory only the horizon counts."""
    past = before("ann N N N\nbob OFF OFF OFF")
    assert told(desk(settings=FAIR, worked=past), "bob N N N") == []
    assert told(desk(settings=FAIR + "\nfairness_memory_days = 0", worked=past), "ann N\nbob - N") == []
