"""Accuracy on the published call series, by the protocol of the cases."""

import pytest

from bench.cases import cases_folder
from bench.forecast_cases import table

pytestmark = pytest.mark.cases

RATIO = {"bank60": 0.75, "technion": 1.03, "axa_tel": 0.88, "axa_serv": 0.86, "assessor": 0.8}


@pytest.mark.parametrize("name", RATIO)
def test_wape_against_the_mean_of_four(name: str) -> None:
    """Protects the accuracy reached on each series: WAPE over that of the mean of the last four same weekdays."""
    folder = cases_folder()
    if folder is None:
        pytest.skip("the published cases are not here (PEAKDESK_CASES)")
    row = table(folder / "calls", 7, 8, True, [name]).iloc[0]
    assert row["ratio"] < RATIO[name]
    assert row["floor"] < row["peakdesk"]
    assert 65 < row["coverage80"] < 92
