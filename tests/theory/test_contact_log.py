"""A real contact log: what it teaches, and whether the simulator driven by that gives the log back."""

import numpy as np
import pytest

from bench.cases import cases_folder
from bench.contact_cases import FILE, Played, bank_contacts, played
from staffing.learn import fit_patience, kaplan_meier, waits_of


@pytest.fixture(scope="module")
def bank() -> Played:
    """The bank's fourteen days, played twenty times."""
    folder = cases_folder()
    if folder is None:
        pytest.skip("the published cases are absent")
    return played(folder / FILE, runs=20)


@pytest.mark.cases
def test_the_log_is_given_back(bank: Played) -> None:
    """Protects the chain of learning and simulating: lost calls within a point, waits within a tenth."""
    assert bank.calls > 16_500
    assert bank.simulated["lost"] == pytest.approx(bank.measured["lost"], abs=0.01)
    assert bank.simulated["wait_s"] == pytest.approx(bank.measured["wait_s"], rel=0.1)


@pytest.mark.cases
def test_whole_shifts_and_shrinkage_come_near_the_log(bank: Played) -> None:
    """Protects the learned shrinkage: with it whole shifts lose as many within three points (nine come without it)."""
    assert bank.by_shift["lost"] == pytest.approx(bank.measured["lost"], abs=0.03)


@pytest.mark.cases
def test_every_estimate_has_its_interval(bank: Played) -> None:
    """Protects honesty: each value lies between its limits, and patience is not exponential."""
    table = bank.learned.estimates
    known = table[table["low"].notna()]
    assert (known["low"] <= known["value"]).all()
    assert (known["value"] <= known["high"]).all()
    assert {"patience_s", "share_lost", "aht_s", "aht_cv", "proficiency", "shrinkage"} <= set(table["measure"])
    assert table.loc[table["measure"].eq("share_lost"), "written"].all()


@pytest.mark.cases
def test_the_law_follows_kaplan_and_meier(bank: Played) -> None:
    """Protects the curve that goes into the desk: within a point of the estimate without any form."""
    folder = cases_folder()
    assert folder is not None
    waits = waits_of(bank_contacts(folder / FILE))
    found, table = fit_patience(waits), kaplan_meier(waits)
    assert found is not None
    at = np.searchsorted(table["wait_s"], found.wait_s[:-1], side="right") - 1
    assert found.lost[:-1] == pytest.approx(1.0 - table["stay"].to_numpy()[at], abs=0.01)
