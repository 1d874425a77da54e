"""What if: suppositions are understood or refused by name, and their effect goes the right way."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from desk import InputError
from planner.cli import main
from planner.output.read import read_output
from planner.planned import Planned
from planner.whatif import Supposition, WhatIf, answer, read_suppositions
from planner.whatif.demand import times
from planner.whatif.people import supposed_people
from planner.whatif.standing import knowing
from planner.whatif.world import sort, supposed_desk


@pytest.fixture(scope="module")
def kept(out: Path) -> Planned:
    """The made plan as it is read back."""
    return read_output(out)


def asked(kept: Planned, *written: str) -> WhatIf:
    return answer(kept, read_suppositions(written))


def measure(found: WhatIf, name: str, queue: str = "") -> tuple[float, float]:
    table = found.frame().set_index(["measure", "queue"])
    return tuple(table.loc[(name, queue), ["before", "after"]].astype(float))


@pytest.mark.parametrize(
    ("written", "name", "op", "value"),
    [
        ("visits*1.3", ("visits",), "*", 1.3),
        ("offered.presale * 1.2", ("offered", "presale"), "*", 1.2),
        ("agents.presale-1-5", ("agents", "presale-1"), "-", 5),
        ("agents.presale-1+5", ("agents", "presale-1"), "+", 5),
        ("queues.presale.hours=08:00-24:00", ("queues", "presale", "hours"), "=", "08:00-24:00"),
        ("aht_s=[600, 700]", ("aht_s",), "=", [600, 700]),
        ("访客*2", ("访客",), "*", 2),
    ],
)
def test_what_is_written_is_understood(written: str, name: tuple[str, ...], op: str, value: object) -> None:
    """A name may hold a minus, a value anything that desk.toml can hold."""
    assert read_suppositions([written]) == (Supposition(name, op, value, written),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("visits", "whatif_unreadable"),
        ("*2", "whatif_unreadable"),
        ("visits*much", "whatif_not_number"),
        ("visits*nan", "whatif_not_number"),
        ("offered*-1", "whatif_factor"),
        ("offered+5", "whatif_factor"),
        ("offered.nowhere*2", "whatif_unknown"),
        ("nothing*2", "whatif_unknown"),
        ("agents.nobody+2", "whatif_unknown"),
        ("agents-500", "whatif_people"),
        ("agents+1e9", "whatif_people"),
        ("train.presale+500", "whatif_train"),
        ("train.nowhere+1", "whatif_unknown"),
        ("overtime.nowhere+1", "whatif_unknown"),
        ("overtime.presale+1.5", "whatif_overtime"),
        ("overtime.presale*2", "whatif_overtime"),
        ("rules.overload_limit*0", "setting_gt"),
        ("rules.nothing=1", "unknown_setting"),
        ("queues.presale.kind*2", "whatif_not_scalable"),
    ],
)
def test_what_cannot_be_had_is_refused_by_name(kept: Planned, written: str, code: str) -> None:
    """No supposition is dropped in silence, and each refusal has words in both languages."""
    with pytest.raises(InputError) as refused:
        asked(kept, written)
    assert [own.code for own in refused.value.findings] == [code]
    assert all(own.line("en") and own.line("zh") for own in refused.value.findings)


def test_call_backs_are_as_many_as_their_quota_says(kept: Planned) -> None:
    """More inquiries change no quota: asked for by name that is refused, and told that a quota can be supposed."""
    queues = kept.desk.settings.queues
    own = {"kind": "deferrable", "deadline_h": 9.0, "daily_quota": 20.0, "lost_value": 0.0}
    calls = queues["presale"].model_copy(update=own)
    settings = kept.desk.settings.model_copy(update={"queues": queues | {"presale": calls}})
    desk = replace(kept.desk, settings=settings)
    with pytest.raises(InputError) as refused:
        sort(desk, read_suppositions(["offered.presale*1.3"]))
    assert [own.code for own in refused.value.findings] == ["whatif_quota"]
    assert all("presale" in own.cure(lang) for own in refused.value.findings for lang in ("en", "zh"))
    more = supposed_desk(desk, read_suppositions(["offered*1.3", "queues.presale.daily_quota*1.3"]))
    assert more.settings.queues["presale"].daily_quota == pytest.approx(26.0)


def test_more_inquiries_lose_more(kept: Planned) -> None:
    """A third more inquiries of one queue: more lost there, the other queue as before, the people paid the same."""
    found = asked(kept, "offered.presale*1.3")
    before, after = measure(found, "offered", "presale")
    assert after == pytest.approx(1.3 * before, rel=0.02)
    lost, more = measure(found, "lost", "presale")
    assert more > lost
    assert measure(found, "staff")[0] == measure(found, "staff")[1]
    assert measure(found, "offered", "aftersale")[0] == measure(found, "offered", "aftersale")[1]


def test_longer_handle_times_lose_more_and_patience_less(kept: Planned) -> None:
    """Settings reach the queueing formulas."""
    lost, more = measure(asked(kept, "aht_s*1.5"), "lost", "presale")
    assert more > lost
    lost, less = measure(asked(kept, "patience_s*4"), "lost", "presale")
    assert less < lost


def test_people_come_and_go(kept: Planned) -> None:
    """Somebody more works and is paid; somebody who goes leaves every table."""
    more = asked(kept, "agents+2")
    people = len(kept.desk.table("agents"))
    assert measure(more, "people")[1] == measure(more, "people")[0] + 2
    assert measure(more, "staff")[1] > measure(more, "staff")[0]
    assert len(more.after.desk.table("agents")) == people + 2
    fewer = asked(kept, "agents-2")
    assert len(fewer.gone) == 2
    assert not set(fewer.gone) & set(fewer.after.plan.duty["agent"])
    assert not set(fewer.gone) & set(fewer.after.desk.table("skills")["agent"])
    assert asked(kept, "agents-2").gone == fewer.gone


def test_people_come_who_take_just_the_queues_that_are_named(kept: Planned) -> None:
    """Protects the advisor's "Try it": whom it advises to hire is whom the supposition adds."""
    takes = kept.desk.table("skills").groupby("agent")["queue"].agg(lambda own: "|".join(sorted(own)))
    contract = str(kept.desk.table("agents")["contract"].iloc[0])
    for queues in takes.unique():
        found = supposed_people(kept.desk, kept.plan, read_suppositions([f"agents.{contract}:{queues}+3"]))
        assert {takes[model] for _, model in found.added} == {queues}
    with pytest.raises(InputError):
        supposed_people(kept.desk, kept.plan, read_suppositions([f"agents.{contract}:nothing+1"]))


def test_overtime_is_worked_where_the_queue_is_fullest_and_paid_with_its_premium(kept: Planned) -> None:
    """Two hours a day: the queue loses less, the account has the hours at the mean wage with premium, and nobody more
    is at work."""
    found = asked(kept, "overtime.presale+2")
    days = len(kept.desk.dates)
    lost, less = measure(found, "lost", "presale")
    assert less < lost
    assert measure(found, "lost", "aftersale")[0] == measure(found, "lost", "aftersale")[1]
    assert measure(found, "people")[0] == measure(found, "people")[1]
    hours = measure(found, "paid_h")[1] - measure(found, "paid_h")[0]
    assert 0 < hours <= 2 * days
    able = kept.desk.table("skills").query("queue == 'presale'").merge(kept.desk.table("agents"), on="agent")
    premium = able["contract"].map({name: own.overtime_premium for name, own in kept.desk.settings.contracts.items()})
    wage = (able["cost_per_h"] * premium / able["proficiency"]).mean()
    staff, dearer = measure(found, "staff")
    assert dearer - staff == pytest.approx(hours * wage)
    assert len(found.after.desk.table("agents")) == len(kept.desk.table("agents"))


def test_no_hour_of_overtime_is_no_difference(kept: Planned) -> None:
    """A slider at its beginning changes nothing."""
    found = asked(kept, "overtime.presale+0").frame()
    assert np.array_equal(found["before"], found["after"])


def test_a_new_roster_is_not_told_its_overtime(kept: Planned) -> None:
    """What the optimiser would silently drop is refused by name."""
    with pytest.raises(InputError) as refused:
        supposed_desk(kept.desk, read_suppositions(["overtime.presale+2"]))
    assert [own.code for own in refused.value.findings] == ["whatif_overtime_roster"]


def test_nothing_supposed_changes_nothing(kept: Planned) -> None:
    """Both sides are worked out alike."""
    found = asked(kept, "offered*1", "rules.overload_limit*1").frame()
    assert np.array_equal(found["before"], found["after"])


def test_what_has_come_stands_whatever_is_supposed_of_the_rest(kept: Planned) -> None:
    """Of a plan for the rest, a fifth more is a fifth more of what is still to come; drivers ahead are supposed by a
    model that knows what came."""
    starts, paths = kept.forecast.starts, kept.forecast.paths.copy()
    half, now = len(starts) // 2, starts[len(starts) // 2]
    paths[:, :half] = np.rint(paths[0, :half])
    forecast = replace(kept.forecast, paths=paths)
    meta = {**kept.plan.meta, "replanned": {"now": now.isoformat()}}
    rest = replace(kept, forecast=forecast, plan=replace(kept.plan, meta=meta))
    before, after = measure(asked(rest, "offered.presale*1.2"), "offered", "presale")
    known = paths[0, :half, 0].sum()
    assert after - known == pytest.approx(1.2 * (before - known), rel=0.02)

    paid = {name: measure(asked(own, "agents+1"), "paid_h") for name, own in (("whole", kept), ("rest", rest))}
    assert 0 < paid["rest"][1] - paid["rest"][0] < paid["whole"][1] - paid["whole"][0]
    fewer = asked(rest, "agents-2").after
    assert len(fewer.desk.table("agents")) == len(kept.desk.table("agents"))
    days = [own.roster[own.roster["date"] <= now.tz_localize(None)] for own in (kept.plan, fewer.plan)]
    assert len(days[0]) == len(days[1]) > 0
    extra = [measure(asked(own, "overtime.presale+1"), "paid_h") for own in (kept, rest)]
    assert 0 < extra[1][1] - extra[1][0] < extra[0][1] - extra[0][0]
    told: list[Any] = []
    knowing(SimpleNamespace(update=lambda *given: told.extend(given)), forecast, now)  # type: ignore[arg-type]
    rows, moment = told
    assert moment == now
    assert rows.groupby("queue")["offered"].sum()["presale"] == pytest.approx(known)
    assert (rows["start"] < now).all()


def test_training_waits_for_a_roster(kept: Planned) -> None:
    """What only another roster can use is said, not counted as an effect."""
    found = asked(kept, "train.aftersale+1")
    assert [own.code for own in found.findings] == ["whatif_needs_roster"]
    assert len(found.trained) == 1


def test_a_setting_that_changes_a_measure_is_not_said_to_change_nothing(kept: Planned) -> None:
    """A higher target costs nothing while the roster stays, but more intervals miss it."""
    found = asked(kept, "queues.presale.target.share=0.999")
    assert found.before.total == found.after.total
    assert found.frame().set_index(["measure", "queue"])["change"]["below", "presale"] > 0
    assert not found.findings
    assert [own.code for own in asked(kept, "queues.presale.target.share=0.8001").findings] == ["whatif_needs_roster"]


def test_command_prints_both_sides(out: Path) -> None:
    """The page has each measure before and after, in the language asked for."""
    for lang, word in (("en", "served late"), ("zh", "迟回复")):
        result = CliRunner().invoke(main, ["--lang", lang, "whatif", str(out), "--set", "offered*1.2"])
        assert result.exit_code == 0, result.output
        assert word in result.output


def test_plan_compared_with_is_not_replaced(out: Path) -> None:
    """--replan never writes over the plan that was asked about."""
    words = ["whatif", str(out), "--set", "offered*1.2", "--replan", str(out)]
    assert CliRunner().invoke(main, words).exit_code == 2


def test_a_plan_made_again_in_its_midst_gets_no_whole_new_roster(out: Path, tmp_path: Path) -> None:
    """Its first days are over, and what came is known: a new roster from the first day on would forget both."""
    folder = tmp_path / "again"
    shutil.copytree(out, folder)
    whole = json.loads((folder / "plan.json").read_text("utf-8"))
    whole["meta"]["replanned"] = {"now": "2026-03-04T12:00:00+08:00"}
    (folder / "plan.json").write_text(json.dumps(whole), encoding="utf-8")
    for lang, word in (("en", "forget what came"), ("zh", "丢掉")):
        words = ["--lang", lang, "whatif", str(folder), "--set", "offered*1.2", "--replan", str(tmp_path / "new")]
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 2, result.output
        assert "2026-03-04 12:00" in result.output
        assert word in result.output
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("factor", [0.5, 1.0, 3.0])
def test_so_many_times_as_many_are_scattered_as_a_forecast_of_so_many(factor: float) -> None:
    """Protects what is lost in another world: the rate is multiplied, not its chance. Three times two an hour lost half
    as many again as a forecast of six; half of twenty was too even."""
    rng, days = np.random.default_rng(1), np.repeat([0, 1], 48)
    rates = 4.0 * np.exp(0.2 * rng.standard_normal((2000, 2)))[:, days]
    found = times(rng.poisson(rates).astype(np.float32), factor, days, rng)
    meant = rng.poisson(factor * rates)
    assert found.mean() == pytest.approx(meant.mean(), rel=0.01)
    assert found.var(axis=0).mean() == pytest.approx(meant.var(axis=0).mean(), rel=0.06)
    assert found[:, :48].sum(axis=1).std() == pytest.approx(meant[:, :48].sum(axis=1).std(), rel=0.06)
