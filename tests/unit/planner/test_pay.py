"""Settling a period from the store, and what a correction does to it."""

import json
from dataclasses import replace
from io import BytesIO

import pandas as pd
import pytest

from desk import InputError, NoAnswerError
from desk.i18n import LANGUAGES
from incentive import assess
from planner.desk_change import changed_desk
from planner.pay.correction import Correction, corrected_log, corrected_row
from planner.pay.ground import Ground, ground
from planner.pay.month import overtime_over
from planner.pay.run import LINES
from planner.pay.settle import settle
from planner.pay.twice import settled_before
from store import Store, import_contacts, list_score_runs, open_store, read_contacts, read_scores, read_statement
from tests.unit.planner.pay_world import OWNER, PayWorld, many_contacts, pay_world, slow_contact
from tests.views.tiny_plan import ZONE


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> PayWorld:
    folder = tmp_path_factory.mktemp("pay")
    return pay_world(open_store(f"sqlite:///{folder / 'store.db'}"), folder)


def settled(world: PayWorld, job: int = 1) -> int:
    own = ground(world.store, OWNER, world.version, world.log, None)
    return settle(world.store, OWNER, own, "June 17", lambda progress: True, job)[0].id


def test_a_settlement_is_kept_from_contact_to_cent(world: PayWorld) -> None:
    """Scores, statements in both languages and their lines lie in the store, and the cents agree everywhere."""
    run = settled(world)
    scores = read_scores(world.store, OWNER, run)
    kept = list_score_runs(world.store, OWNER)[0]
    whole = scores[scores["measure"] == "composite"].set_index("agent")["payout"]
    assert round(100 * whole.sum()) == kept.summary["paid_cents"] <= 100_000
    for agent in whole.index:
        told = json.loads(read_statement(world.store, OWNER, run, agent))
        assert told["total_cents"] == round(100 * whole[agent])
        lines = pd.read_csv(BytesIO(read_statement(world.store, OWNER, run, agent, LINES)))
        parts = sum(part["cents"] for part in told["money"])
        assert lines["amount"].sum() == pytest.approx(parts / 100, abs=1e-3)
        assert all(read_statement(world.store, OWNER, run, agent, lang) for lang in LANGUAGES)
    speed = scores[scores["measure"] == "speed"]
    assert speed["load"].notna().all()
    assert all(day[0] == "2026-06-17" for own in speed["days"] for day in own)
    assert set(scores["team"]) == {"A", "B"}


def test_a_summary_names_nobody(world: PayWorld) -> None:
    """Everybody with a score reads the summary of the whole run."""
    settled(world)
    kept = list_score_runs(world.store, OWNER)[0]
    words = json.dumps(kept.summary, ensure_ascii=False)
    people = world.desk.table("agents")
    assert not [name for name in [*people["name"], *(f'"{agent}"' for agent in people["agent"])] if name in words]
    assert kept.summary["period"] == ["2026-06-17", "2026-06-17"]


def test_a_job_taken_twice_settles_once(world: PayWorld) -> None:
    """A worker that dies after saving leaves no second settlement behind."""
    assert settled(world) == settled(world)
    assert len(list_score_runs(world.store, OWNER)) == 1


def test_a_stopped_settlement_leaves_nothing(world: PayWorld) -> None:
    """Half a settlement is none."""
    own, before = ground(world.store, OWNER, world.version, world.log, None), list_score_runs(world.store, OWNER)
    with pytest.raises(NoAnswerError):
        settle(world.store, OWNER, own, "June 17", lambda progress: False, 77)
    assert list_score_runs(world.store, OWNER) == before


def one_record(store: Store, world: PayWorld, contact: str) -> pd.DataFrame:
    return read_contacts(store, OWNER, world.log, "Asia/Shanghai", contact=contact)


def test_a_correction_changes_its_contact_and_nothing_else(world: PayWorld) -> None:
    """What was put in stands in the log as if the file had said so; every other cell is as it was."""
    log = read_contacts(world.store, OWNER, world.log, "Asia/Shanghai")
    late = slow_contact(log, "B3")
    reply = log.loc[log["contact"] == late, "assigned"].iloc[0] + pd.Timedelta("9s")
    change = Correction(late, {"first_reply": f"{reply:%Y-%m-%d %H:%M:%S}", "rating": "5"})
    after = corrected_log(world.desk, log, [change])
    row = after[after["contact"] == late].iloc[0]
    assert (row["first_reply"], row["rating"]) == (reply, 5.0)
    others = log["contact"] != late
    pd.testing.assert_frame_equal(after[others], log[others])
    assert len(corrected_log(world.desk, log, [Correction(late, excluded=True)])) == len(log) - 1


@pytest.mark.parametrize(
    ("contact", "values", "code"),
    [
        ("K00001", {"rating": "9"}, "too_large"),
        ("K00001", {"first_reply": "yesterday"}, "not_a_time"),
        ("K00001", {"first_reply": "2026-06-16 08:00:00"}, "out_of_order"),
        ("K00001", {}, "correction_empty"),
        ("K00001", {"agent": "A1"}, "correction_column"),
        ("K9", {"rating": "5"}, "appeal_no_record"),
    ],
)
def test_a_correction_that_cannot_be_is_told(world: PayWorld, contact: str, values: dict[str, str], code: str) -> None:
    """By the same checks as a file, in both languages, before anything is answered."""
    with pytest.raises(InputError) as error:
        corrected_row(world.desk, one_record(world.store, world, contact), Correction(contact, values))
    assert code in [own.code for own in error.value.findings]
    assert all(error.value.report(lang) for lang in LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_work_that_was_settled_before_is_told(world: PayWorld, lang: str) -> None:
    """Of this log, or of another that holds some of the same contacts: both would be paid for the same work."""
    first, whole = settled(world), ground(world.store, OWNER, world.version, world.log, None)
    part = import_contacts(world.store, OWNER, "again", whole.contacts.head(25), world.version).id
    again = [ground(world.store, OWNER, world.version, log, None) for log in (world.log, part)]
    found = [[one for one in settled_before(world.store, OWNER, own) if one.code == "settled_before"] for own in again]
    assert [[(one.value, one.facts["run"], one.facts["count"]) for one in own] for own in found] == [
        [("June 17", first, len(whole.contacts))],
        [("June 17", first, 25)],
    ]
    assert "25" in found[1][0].line(lang)
    renamed = replace(again[1], desk=changed_desk(world.desk, settings={("name",): "June, final"}))
    assert [one.facts["count"] for one in settled_before(world.store, OWNER, renamed)] == [25]
    new = replace(again[1], log=import_contacts(world.store, OWNER, "other", other_days(whole), world.version).id)
    assert not settled_before(world.store, OWNER, new)


def other_days(own: Ground) -> pd.DataFrame:
    """Contacts of the same days that no log has yet."""
    return own.contacts.head(5).assign(contact=[f"N{number}" for number in range(5)])


def test_the_cap_of_a_month_is_told_where_two_settlements_pass_it(world: PayWorld) -> None:
    """Each keeps it alone: two logs of June paid the hours of both, and no word of the law's 36."""
    days = [overtime_day(world, day) for day in (0, 1)]
    settle(world.store, OWNER, days[0], "June 17", lambda progress: True, 70)
    told, other = (
        list(overtime_over(world.store, OWNER, own, assess(own.desk, own.contacts, own.duty)))
        for own in (days[1], moved(days[1], 20))
    )
    assert [(one.code, one.value, one.facts["agents"]) for one in told] == [("overtime_month_over", "2026-06", 1)]
    assert "A1 2.0 h" in str(told[0].facts["named"])
    assert all("June 17" in told[0].line(lang) and told[0].cure(lang) for lang in LANGUAGES)
    assert not other


def test_overtime_of_a_day_that_two_settlements_count_is_told(world: PayWorld) -> None:
    """One evening in two logs: its hour was paid by both, and no word of the three a day."""
    one, other = overtime_day(world, 5), overtime_day(world, 5, "E")
    settle(world.store, OWNER, one, "phones", lambda progress: True, 71)
    found = list(overtime_over(world.store, OWNER, other, assess(other.desk, other.contacts, other.duty)))
    assert [own.code for own in found] == ["overtime_day_twice", "overtime_month_over"]
    assert (found[0].value, found[0].facts["named"]) == ("2026-06-22", "A1 2026-06-22 2.0 h")
    assert all("“phones”" in found[0].line(lang) and found[0].cure(lang) for lang in LANGUAGES)


def overtime_day(world: PayWorld, day: int, ids: str = "D") -> Ground:
    """The plan is A1's shift from 8:00 to 9:00, and an hour from 20:00 on is full of contacts; 1.5 h a month count."""
    scheme = {"weights": {"overtime": 1.0}, "overtime_max_h_day": 1.0, "overtime_max_h_month": 1.5, "guarantee": 0.0}
    desk = changed_desk(world.desk, settings={("incentive", key): value for key, value in scheme.items()})
    late = pd.Timestamp("2026-06-17 20:00", tz=ZONE) + pd.Timedelta(days=day)
    log = many_contacts().query("agent == 'A1'")
    times = {name: late.as_unit("us") for name in ("arrived", "assigned", "first_reply", "closed")}
    contacts = log.assign(contact=[f"{ids}{day}-{number}" for number in range(len(log))], **times)
    start = late - pd.Timedelta(hours=12)
    row = {"agent": "A1", "start": start, "activity": "pre_sale", "date": start.tz_localize(None).normalize()}
    duty = pd.DataFrame([row | {"shift": "M"}])
    number = import_contacts(world.store, OWNER, f"day {ids}{day}", contacts, world.version).id
    return Ground(world.version, desk, number, contacts, None, duty, None)


def moved(own: Ground, days: int) -> Ground:
    """The same so many days later."""
    times = {name: own.contacts[name] + pd.Timedelta(days=days) for name in ("arrived", "assigned", "closed")}
    contacts = own.contacts.assign(**times, first_reply=times["assigned"])
    assert own.duty is not None
    later = {name: own.duty[name] + pd.Timedelta(days=days) for name in ("start", "date")}
    return replace(own, contacts=contacts, duty=own.duty.assign(**later))
