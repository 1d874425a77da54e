"""Published values that two independent routes confirm, read from the cases."""

import csv
import json
import math
import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from staffing import chat, erlang_a, erlang_b, erlang_c, ln_erlang_b, min_agents, min_agents_blocking

CASES = Path(os.environ.get("PEAKDESK_CASES", Path(__file__).parents[2] / ".." / "shared" / "cases")) / "queueing"
Row = dict[str, str]

FIELD = {
    "p_wait": "p_wait",
    "p_abandon": "p_abandon",
    "mean_wait_s": "mean_wait_s",
    "asa_s": "mean_wait_s",
    "asa_served_s": "mean_wait_served_s",
    "mean_queue": "mean_queue",
    "occupancy": "occupancy",
    "throughput_per_h": "throughput_per_h",
    "sl_served_in_T_of_offered": "within_of_offered",
    "sl_served_in_T_of_served": "within_of_served",
    "sl_within_T": "within_of_offered",
    "sl_virtual": "within_virtual",
    "sl_virtual P(V<=T)": "within_virtual",
}


def rows(name: str) -> Iterator[Row]:
    path = CASES / name
    if not path.exists():
        yield pytest.param({}, marks=pytest.mark.skip(reason=f"{path} is absent"))
        return
    with path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def steady_state(row: Row) -> Any:
    offered, aht, servers = float(row["lambda_per_hour"]), float(row["aht_s"]), int(row["servers"])
    within = float(row["target_s"] or 0)
    if row["model"] == "ErlangC":
        return erlang_c(offered, aht, servers, within)
    return erlang_a(offered, aht, servers, float(row["patience_s"]), within)


def computed(row: Row) -> float:
    offered, aht = float(row["lambda_per_hour"]), float(row["aht_s"])
    metric = row["metric"]
    if metric == "p_block":
        return float(erlang_b(offered, aht, int(row["servers"])))
    if metric == "ln_p_block":
        return float(ln_erlang_b(offered, aht, int(row["servers"])))
    if metric == "ln_p_wait":
        return float(math.log(steady_state(row).p_wait))
    if metric.startswith("min_servers_p_block"):
        return float(min_agents_blocking(offered, aht, float(metric.split("=")[1])))
    if metric.startswith("min_servers_sl"):
        patience = float(row["patience_s"]) if row["patience_s"] else None
        return float(min_agents(offered, aht, float(metric.split("=")[1]), float(row["target_s"]), patience))
    return float(getattr(steady_state(row), FIELD[metric]))


def printed_precision(value: str) -> float:
    """Half a unit of the last digit printed: what a rounded reference can tell."""
    exponent = Decimal(value).as_tuple().exponent
    return 0.5 * 10.0 ** int(exponent)


@pytest.mark.cases
@pytest.mark.parametrize(
    "row", list(rows("erlang_reference.csv")), ids=lambda row: f"{row.get('model')} {row.get('metric')}"
)
def test_formulas_reproduce_every_reference_value(row: Row) -> None:
    """Protects Erlang B, C and A against any loss of precision, in overload and far in the tails."""
    expected = float(row["value"])
    digits = len(Decimal(row["value"]).as_tuple().digits)
    rounded = printed_precision(row["value"]) if digits < 10 else 0.0
    assert computed(row) == pytest.approx(expected, rel=1e-9, abs=max(rounded, 1e-300 if expected < 1e-6 else 1e-12))


CHAT_FIELD = {"p_wait": "p_wait", "p_abandon": "p_abandon", "mean_wait_s": "mean_wait_s", "mean_queue": "mean_queue"}
EXACT_CASES = ("const AHT => equals ErlangA with S*K servers", "K=1 => equals ErlangA with S servers")


def chat_service(row: Row) -> Any:
    desk = json.loads(row["config_json"])
    return chat(desk["lambda_per_hour"], desk["AHT"], desk["S"], desk["patience_s"], 30.0)


def chat_value(row: Row) -> float:
    desk, found = json.loads(row["config_json"]), chat_service(row)
    if row["metric"] == "mean_chats_in_service":
        return float(found.occupancy * desk["S"] * desk["K"])
    if row["metric"] == "mean_service_time_s":
        held = found.occupancy * desk["S"] * desk["K"]
        return float(held / found.throughput_per_h * 3600.0)
    return float(getattr(found, row["metric"]))


def of_the_chain(row: Any) -> bool:
    return not isinstance(row, dict) or row["metric"] in (*CHAT_FIELD, "mean_chats_in_service", "mean_service_time_s")


@pytest.mark.cases
@pytest.mark.parametrize("row", [row for row in rows("chat_reference.csv") if of_the_chain(row)], ids=str)
def test_chat_matches_the_exact_chain(row: Row) -> None:
    """Protects chat: exact where theory says so, within 4 % of the exact chain where handle time grows with load."""
    exact = row["case"] in EXACT_CASES
    assert chat_value(row) == pytest.approx(float(row["value"]), rel=1e-9 if exact else 0.04)
