"""Prediction and simulation are compared honestly."""

from dataclasses import replace

import pandas as pd
import pytest

from desk import Desk
from planner.agreement import Agreement, agreements, disagreements
from planner.output.report_table import compared
from planner.planned import Planned


def compare(desk: Desk, service: pd.DataFrame) -> Agreement:
    return agreements(desk, service[service["queue"] == "aftersale"])[0]


def test_a_prediction_inside_the_band_agrees(planned: Planned) -> None:
    """85 % predicted within 75-86 % simulated is no finding."""
    assert compare(planned.desk, planned.plan.service.query("load < 1")).agrees


def test_the_parts_add_up_to_the_difference(planned: Planned) -> None:
    """What comes from overloaded hours and what does not make the whole difference."""
    own = compare(planned.desk, planned.plan.service)
    assert own.backlog + own.parallel + own.other == pytest.approx(own.difference)
    assert own.backlog < 0 < own.other
    queues = planned.desk.settings.queues
    known = planned.desk.settings.model_copy(
        update={"queues": queues | {"aftersale": queues["aftersale"].model_copy(update={"kind": "deferrable"})}}
    )
    waits = compare(replace(planned.desk, settings=known), planned.plan.service)
    assert (waits.backlog, waits.parallel) == (0.0, 0.0)
    assert waits.other == pytest.approx(own.difference)


def test_a_grave_difference_is_a_warning_and_a_small_one_a_note(planned: Planned) -> None:
    """Only a prediction that is clearly too rosy needs eyes."""
    own = compare(planned.desk, planned.plan.service)
    rosy, harsh = replace(own, predicted=0.95), replace(own, predicted=0.6)
    assert [finding.severity for finding in disagreements([own, rosy, harsh])] == ["warning", "note"]


def test_shifts_missed_in_the_simulation_alone_are_named_as_a_cause(planned: Planned) -> None:
    """Absences were put down to overload and to the formula for chats."""
    settings = planned.desk.settings
    absent = settings.model_copy(update={"rules": settings.rules.model_copy(update={"absence_share": 0.08})})
    shifts = planned.desk.table("shifts")
    alone = replace(planned.desk, settings=absent)
    assert compare(alone, planned.plan.service).missed == 0.0, "the prediction is of those who come"
    calls = replace(alone, tables={**alone.tables, "shifts": shifts.assign(kind="on_call")})
    own = replace(compare(calls, planned.plan.service), predicted=0.95)
    (told,) = disagreements([own])
    for lang, words in (("en", "8% of the shifts are missed"), ("zh", "8% 的班次")):
        assert words in told.message(lang)
        assert words in compared(own, lang)
        assert told.cure(lang)


def test_nothing_simulated_is_nothing_compared(planned: Planned) -> None:
    """A queue without simulated service is left out."""
    assert agreements(planned.desk, planned.plan.service.assign(share_within_sim=float("nan"))) == []
