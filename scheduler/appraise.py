"""The judge's verdict and the cost account of a plan at once, for an editor that waits for the answer."""

from dataclasses import dataclass

import pandas as pd

from desk import Curves, Desk, Finding, Plan
from scheduler.account import account
from scheduler.audit import audit
from scheduler.duty import read_duty
from scheduler.facts import read_facts
from scheduler.judge import duty_breaches, roster_breaches
from scheduler.price import price
from scheduler.roster import read_roster
from scheduler.span import Grid


@dataclass(frozen=True)
class Appraisal:
    """What :func:`audit` finds in a plan, and table ``costs`` as :func:`price` has it."""

    findings: tuple[Finding, ...]
    costs: pd.DataFrame

    @property
    def total(self) -> float:
        """Currency."""
        return float(self.costs["amount"].sum())


def appraise(desk: Desk, plan: Plan, curves: Curves | None = None) -> Appraisal:
    """:func:`audit` and :func:`price` in one pass: the plan is read once, and every checker asked once.

    Parameters
    ----------
    plan : its tables ``roster`` and ``duty`` are read, nothing else.
    curves : those that the plan was made with.
    """
    if plan.duty.empty:
        return Appraisal(audit(desk, plan, curves), price(desk, plan, curves))
    facts = read_facts(desk)
    roster = read_roster(facts, plan.roster)
    duty = read_duty(facts, Grid(facts), roster, plan.duty)
    breaches = (*roster_breaches(facts, roster), *duty_breaches(facts, duty, curves))
    findings = tuple(breach.finding(facts) for breach in breaches)
    return Appraisal(findings, account(facts, roster, duty, curves, breaches))
