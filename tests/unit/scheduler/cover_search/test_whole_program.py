"""Small desks as one program: the best of all rosters, proven before the search begins."""

from dataclasses import replace

import numpy as np
import pytest

from scheduler.adapter import Highs
from scheduler.cover_search.problem import read_problem
from scheduler.cover_search.search import Wanted, search
from scheduler.cover_search.whole_program import tried_whole
from scheduler.demand import read_demand
from scheduler.facts import read_facts
from scheduler.watch import Watch
from tests.unit.scheduler.cover_search.test_search import RULES, crowd, nobody

_EXACT = "[scheduler]\ntime_limit_s = 60\ngap = 0.0\nsteps = 1000"


def test_a_desk_whose_costs_have_cents_is_proven() -> None:
    """Protects desks that the search leaves with a gap: parts of heads and of money, which no split makes whole."""
    of = crowd(4, 7, settings=_EXACT)
    wanted = of.table("cover").assign(required=lambda own: own["required"] * 0.75, under_cost=33.3)
    facts = read_facts(of := replace(of, tables={**of.tables, "cover": wanted}))
    tried = tried_whole(facts, demand := read_demand(of, None), Highs(), Watch(60))
    assert tried is not None
    assert read_problem(facts, demand).cost(tried.lines) == pytest.approx(tried.bound)


def test_nothing_is_tried_where_rules_contradict_each_other_or_the_desk_is_large() -> None:
    """Protects what the search alone can do: to name whose rules give, and to plan many."""
    for people, days, rules in ((3, 7, f"{RULES}\nmin_paid_h_horizon = 100"), (30, 28, RULES)):
        facts = read_facts(of := crowd(people, days, rules.replace("max_paid_h_horizon = 60", ""), _EXACT))
        assert tried_whole(facts, read_demand(of, None), Highs(), Watch(60)) is None


def test_the_search_goes_on_from_what_was_tried() -> None:
    """Protects lines and bound that the program left unproven."""
    facts = read_facts(of := crowd(3, 7, settings=_EXACT))
    demand = read_demand(of, None)
    problem, tried = read_problem(facts, demand), tried_whole(facts, demand, Highs(), Watch(60))
    assert tried is not None
    found = search(problem, Wanted(0.0, 1, 1, 50), Watch(60), nobody, tried)
    assert np.array_equal(found.lines, tried.lines)
    assert found.bent == ()
