"""Contact logs, scores and forecasts come back as they were, and a person can be exported and forgotten."""

import json

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import func, select, update

from desk import Desk, InputError
from desk.frames import empty_frame
from store import (
    Principal,
    Store,
    answer_request,
    blob,
    erase_person,
    export_person,
    import_contacts,
    list_contact_logs,
    list_desks,
    list_plans,
    list_principals,
    list_requests,
    list_scenarios,
    list_score_runs,
    load_desk_version,
    load_forecast,
    load_plan,
    make_request,
    read_attendance,
    read_contacts,
    read_duty,
    read_job,
    read_plan,
    read_scores,
    read_statement,
    read_trail,
    save_desk,
    save_forecast,
    save_plan,
    save_scenario,
    save_scores,
    shared_contacts,
    verify,
)
from store.contact_log import ABANDONED_AFTER
from store.moment import now
from store.rewrite import Rewriting
from store.schema import METADATA, blobs, contact_logs, contacts
from tests.unit.store.world import (
    BY_ROLE,
    NAMES,
    OWNER,
    START,
    World,
    build,
    files,
    forecast,
    new_desk,
    scores,
)
from tests.unit.store.world import contacts as some_contacts


@pytest.fixture
def desk(store: Store, small: Desk) -> str:
    """A saved desk."""
    return save_desk(store, OWNER, new_desk(small)).hash


def test_contacts_come_back_as_they_were(store: Store, desk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blanks, flags, times of another zone, undeclared columns, and the order, over several batches."""
    monkeypatch.setattr("store.contact_log.BATCH_ROWS", 2)
    log = some_contacts(5).assign(rating=[1.0, np.nan, 3.0, 4.0, 5.0], weight=[0.1 + 0.2, np.nan, 1e-17, 2.0, 3.0])
    log["converted"] = pd.Series([True, None, False, None, True], dtype="boolean")
    log["closed"] = (
        pd.Series([START, pd.NaT, pd.NaT, pd.NaT, START]).dt.tz_convert("Asia/Shanghai").astype(log["arrived"].dtype)
    )
    log.loc[3, "agent"] = pd.NA
    kept = import_contacts(store, OWNER, "june", log, desk)
    assert list_contact_logs(store, OWNER) == (kept,)
    found = read_contacts(store, OWNER, kept.id, "Asia/Shanghai")
    pd.testing.assert_frame_equal(found[list(log.columns)], log, check_exact=True)
    declared = empty_frame("contacts", "Asia/Shanghai")
    assert found[list(declared.columns)].dtypes.to_dict() == declared.dtypes.to_dict()
    assert found["order_value"].isna().all()
    assert len(read_contacts(store, OWNER, import_contacts(store, OWNER, "none", log.head(0), desk).id, "UTC")) == 0


def test_contacts_of_two_logs_are_compared(store: Store, desk: str) -> None:
    """The same id at the same moment is the same contact."""
    log = some_contacts(60)
    other, first = log.tail(30), log["arrived"].iloc[0]
    other = other.assign(arrived=other["arrived"].where(other.index % 2 == 0, first))
    one, two, none = (import_contacts(store, OWNER, "log", rows, desk).id for rows in (log, other, log.head(0)))
    assert shared_contacts(store, OWNER, one, [two, none]) == {two: 15}


def test_an_import_that_breaks_leaves_nothing(store: Store, desk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither an error in the middle nor a killed import shows anybody half a log, and the next import cleans up."""
    monkeypatch.setattr("store.contact_log.BATCH_ROWS", 2)
    with pytest.raises(AttributeError):
        import_contacts(store, OWNER, "bad", some_contacts(5).assign(arrived=[1.0, 2.0, 3.0, 4.0, 5.0]), desk)
    with pytest.raises(InputError):
        import_contacts(store, OWNER, "bad", some_contacts(5), "0" * 64)
    left = import_contacts(store, OWNER, "killed", some_contacts(5), desk)
    with store.writing() as connection:
        silent = {"ready": False, "touched_at": now() - 2 * ABANDONED_AFTER}
        connection.execute(update(contact_logs).where(contact_logs.c.id == left.id).values(silent))
    assert list_contact_logs(store, OWNER) == ()
    with pytest.raises(InputError):
        read_contacts(store, OWNER, left.id, "UTC")
    kept = import_contacts(store, OWNER, "next", some_contacts(5), desk)
    with store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(contacts)).scalar() == 5
    assert [log.id for log in list_contact_logs(store, OWNER)] == [kept.id]


def test_how_many_rows_a_log_has_is_told_as_far_as_one_may_see(store: Store, desk: str) -> None:
    """A lead sees how much their team did, an agent how much they did themselves."""
    import_contacts(store, OWNER, "june", some_contacts(7), desk)
    rows = {
        role: [log.rows for log in list_contact_logs(store, BY_ROLE[role])] for role in ("manager", "lead", "agent")
    }
    assert rows == {"manager": [7], "lead": [5], "agent": [3]}
    assert list_contact_logs(store, Principal("x", "lead", ("T9",))) == ()


def test_a_forecast_comes_back_as_it_was(store: Store, desk: str) -> None:
    """Paths to the last bit, frames with their types, and once only."""
    kept = save_forecast(store, OWNER, forecast(), desk)
    assert save_forecast(store, OWNER, forecast(), desk) == kept
    found = load_forecast(store, OWNER, kept.hash)
    np.testing.assert_array_equal(found.paths, forecast().paths)
    pd.testing.assert_index_equal(found.starts, forecast().starts, check_freq=False)
    pd.testing.assert_frame_equal(found.evidence, forecast().evidence)
    assert (found.queues, found.interval_min, found.findings) == (("sale",), 60, ())
    with pytest.raises(InputError):
        load_forecast(store, OWNER, "0" * 64)


@pytest.fixture
def world(store: Store, small: Desk) -> World:
    """A store in which everybody has something."""
    return build(store, small)


def test_scores_come_back_as_they_were(world: World) -> None:
    """Numbers and blanks; a statement by agent and form."""
    found = read_scores(world.store, OWNER, world.run).set_index("agent")
    assert found["payout"].fillna(-1).to_dict() == {"A1": 1.5, "A2": 2.5, "A3": -1}
    assert json.loads(read_statement(world.store, OWNER, world.run, "A2")) == {"agent": "A2"}
    for run, agent in ((world.run, "A9"), (99, "A1")):
        with pytest.raises(InputError):
            read_statement(world.store, OWNER, run, agent)


def test_a_person_is_exported_whole(world: World) -> None:
    """Name, rows of desk, plans, log, scores, statement, account and acts; no secret."""
    answer_request(world.store, OWNER, world.requests["A1"], "refuse")
    told = export_person(world.store, OWNER, "A1")
    assert NAMES["A1"] in told["names"]
    assert {row["table"] for row in told["desks"]} == {"agents"}
    assert len(told["plans"]) == 2
    assert all(len(plan["duty"]) == 2 and plan["edits"] and plan["checks"] for plan in told["plans"])
    assert [row["contact"] for row in told["contacts"]] == ["C0"]
    assert told["statements"][0]["content"] == '{"agent": "A1"}'
    assert {row["who"] for row in told["principals"]} == {BY_ROLE["lead"].who, BY_ROLE["agent"].who}
    assert [(row["kind"], row["words"]) for row in told["requests"]] == [("wish", "A1 asks")]
    assert [(row["who"], row["answer"]) for row in told["answers"]] == [(OWNER.who, "refuse")]
    assert [row["activity"] for row in told["attendance"]] == ["rules"]
    assert told["tokens"]
    assert "hash" not in told["tokens"][0]
    assert json.loads(json.dumps(told)) == told
    own = export_person(world.store, BY_ROLE["agent"], "A1")
    assert [plan["status"] for plan in own["plans"]] == ["published"]
    with pytest.raises(InputError) as nobody:
        export_person(world.store, OWNER, "A9")
    assert [finding.code for finding in nobody.value.findings] == ["person_unknown"]
    assert nobody.value.report("en") != nobody.value.report("zh")


def test_an_erased_person_is_nowhere_and_totals_stay(world: World) -> None:
    """No row, file, account or free text names them; numbers, hours and counts are what they were."""
    store = world.store
    before = read_scores(store, OWNER, world.run), read_contacts(store, OWNER, world.log, "UTC")
    hours = len(read_duty(store, OWNER, world.plan))
    days = {"date": "2025-06-18", "partner_date": "2025-06-19"}
    make_request(store, OWNER, "swap", days, agent="A2", partner="A1", words=f"with {NAMES['A1']}")
    save_scenario(store, OWNER, world.plan, "A1 ill", ["agents.A1=0"], {"of": "A1"})
    save_scores(store, OWNER, "july", scores(), world.desk, summary={"plan": world.plan})
    carried = files() | {"plan.json": json.dumps({"carried": {"plan": world.plan}}).encode()}
    save_plan(store, OWNER, carried, world.desk)
    pseudonym = erase_person(store, OWNER, "A1", "asked on 1 June")
    (desk, *_), (later, plan, *others) = list_all(store)
    assert len(others) == 1
    assert list_score_runs(store, OWNER)[0].summary["plan"] == others[0]
    assert read_plan(store, OWNER, later).summary["carried"] == {"plan": others[0]}
    assert read_job(store, OWNER, world.job).request == {"desk": desk}
    assert read_scores(store, OWNER, world.run)["payout"].sum() == before[0]["payout"].sum()
    pd.testing.assert_series_equal(read_contacts(store, OWNER, world.log, "UTC")["rating"], before[1]["rating"])
    assert len(read_duty(store, OWNER, plan)) == hours
    agents = load_desk_version(store, OWNER, desk).table("agents").set_index("agent")
    assert agents.loc[pseudonym, "name"] == pseudonym
    kept = load_plan(store, OWNER, plan)
    assert set(kept.files) == {"plan.json", "roster.csv", "duty.csv", "scores.csv"}
    assert kept.version.summary["findings"] == [
        {"message": f"{pseudonym} ({pseudonym}) is on leave", "agent": pseudonym, "load": 1.25}
    ]
    assert {known.principal.agent for known in list_principals(store, OWNER)} == {None}
    swap, *wishes = list_requests(store, OWNER)
    assert (swap.partner, swap.words) == (pseudonym, f"with {pseudonym}")
    assert {wish.agent: wish.words for wish in wishes} == {pseudonym: "", "A2": "A2 asks", "A3": "A3 asks"}
    assert [one.name for one in list_scenarios(store, OWNER, others[0])][-1] == f"{pseudonym} ill"
    assert [one.attended for one in read_attendance(store, OWNER, "small")] == [True] * 3
    assert verify(store, OWNER) == ()
    assert not named(store)
    (entry,) = [entry for entry in read_trail(store, OWNER) if entry.action == "erase"]
    assert (entry.subject, entry.why) == (pseudonym, "asked on 1 June")
    with pytest.raises(InputError, match="“A1”"):
        erase_person(store, OWNER, "A1")


def list_all(store: Store) -> tuple[list[str], list[str]]:
    """Hashes of desks and plans."""
    return [desk.hash for desk in list_desks(store, OWNER)], [plan.hash for plan in list_plans(store, OWNER)]


def named(store: Store) -> list[str]:
    """Tables that still name A1, the trail's actors apart."""
    tables = [table for table in METADATA.sorted_tables if table.name != "trail"]
    with store.reading() as connection:
        texts = {table.name: str(connection.execute(select(table)).all()) for table in tables}
        keys = connection.execute(select(blobs.c.hash)).scalars().all()
        texts["blobs"] = str([blob.get(connection, key) for key in keys])
    words = ("A1", NAMES["A1"], NAMES["A1"].encode().hex(), "a1@example.com", str(NAMES["A1"].encode())[2:-1])
    return [table for table, text in texts.items() if any(word in text for word in words)]


@pytest.mark.parametrize(
    ("column", "cell", "wanted"),
    [
        ("agent", "17", "X"), ("who", "T1|17", "T1|X"), ("paid_h", "17", "17"), ("date", "2025-06-17", "2025-06-17"),
        ("message", "Li has 17 h, Lille 3 h", "X has 17 h, Lille 3 h"), ("name", "Li", "X"), ("email", "li@x.com", "X"),
    ],
)  # fmt: skip
def test_rewriting_leaves_numbers_alone(column: str, cell: str, wanted: str) -> None:
    """A code of digits is a code only where codes stand."""
    assert Rewriting("17", ("Li", "li@x.com"), "X").cell(column, cell) == wanted


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_code_of_digits_leaves_the_first_column_too(mark: str) -> None:
    """The tables of a desk begin with a BOM, which made their first column one of no known name."""
    content = f"{mark}agent,name\n17,李娜\n18,王芳\n".encode()
    assert Rewriting("17", ("李娜",), "X").csv(content) == f"{mark}agent,name\nX,X\n18,王芳\n".encode()
