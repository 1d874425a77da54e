"""A back-test's measures in one table, and as a job's result keeps them."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from desk import Desk, Finding
from planner.output import finding_record

DIGITS = 5
COLUMNS = ("cut", "group", "model", "queue")


def measured(rows: pd.DataFrame, desk: Desk) -> pd.DataFrame:
    """All measures in one long table: cut (queue, phase, event, hour, ahead), group, model, queue and the measures.

    Parameters
    ----------
    rows : of ``forecast.forecasts``.
    """
    from forecast import CUTS, scored

    found = [scored(rows, desk).assign(cut="queue", group="")]
    found += [scored(rows, desk, cut).rename(columns={cut: "group"}).assign(cut=cut) for cut in CUTS]
    first = ["cut", "group"]
    return pd.concat(found, ignore_index=True)[[*first, *found[0].columns.drop(first)]]


def candidates() -> tuple[str, ...]:
    """Every model that a back-test can judge, ours first."""
    from forecast.rival import RIVALS
    from forecast.rolling import OURS

    return (OURS, *RIVALS)


def packed(errors: pd.DataFrame, findings: Sequence[Finding]) -> dict[str, Any]:
    """The measures and findings as JSON takes them, column by column, unknown ones as null."""
    names = [str(name) for name in errors.columns]
    numbers = [name for name in names if name not in COLUMNS]
    short = errors.round(dict.fromkeys(numbers, DIGITS)).astype("object")
    columns = {name: [None if pd.isna(value) else value for value in short[name].tolist()] for name in names}
    return {"errors": columns, "findings": [finding_record.packed(own) for own in findings]}


def unpacked(result: Mapping[str, Any]) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """What :func:`packed` kept; no rows where nothing was judged."""
    from forecast.backtest import METRICS

    kept = pd.DataFrame(result.get("errors", {}))
    errors = kept[[name for name in (*COLUMNS, *METRICS) if name in kept]]
    numbers = {str(name): "float64" for name in errors.columns if name not in COLUMNS}
    return errors.astype(numbers), tuple(map(finding_record.unpacked, result.get("findings", ())))
