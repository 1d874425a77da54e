"""``peakdesk forecast --explain``: why the forecast is what it is."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from desk import Desk, Finding
from desk.i18n import text
from planner.explained import Span
from planner.page.layout import columns
from planner.page.number import whole
from planner.rows import rows
from planner.terminal.answer import Answer

if TYPE_CHECKING:
    from forecast import Model

MOST = 8
"""Earlier phases that are named."""


def explained(desk: Desk, model: "Model", span: Span, lang: str) -> Answer:
    """For every queue the factors that multiply to its inquiries over ``span``, and the earlier phases behind them."""
    factors = {queue: model.explain(span.start, span.end, queue) for queue in model.queues}
    found = {queue: model.analogues(span.start, span.end, queue) for queue in model.queues}
    lent = {queue: model.borrowings(span.start, span.end, queue) for queue in model.queues}
    lines: list[str] = []
    for queue in factors:
        lines += _queue(queue, factors[queue], found[queue], lent[queue], span, lang)
        lines += [*_reasons(model.lags(queue), lang), ""]
    record = {name: _joined(frames) for name, frames in (("factors", factors), ("analogues", found))}
    record["borrowed"] = pd.DataFrame(
        [{"queue": queue, "message": own.message(lang)} for queue, every in lent.items() for own in every],
        columns=["queue", "message"],
    )
    for name in ("lags", "kernels"):
        record[name] = _joined({queue: getattr(model, name)(queue) for queue in model.queues})
    return Answer("\n".join(lines), {"start": span.start, "end": span.end} | record)


def _joined(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return pd.concat([frame.assign(queue=queue) for queue, frame in frames.items()], ignore_index=True)


def _queue(
    queue: str, factors: pd.DataFrame, found: pd.DataFrame, lent: tuple[Finding, ...], span: Span, lang: str
) -> Iterator[str]:
    yield text("planner.why.title", lang, queue=queue, span=span.name)
    cells = [[text(f"planner.why.{key}", lang) for key in ("part", "factor", "inquiries")]]
    for row in rows(factors):
        factor = whole(row.factor) if row.part == "level" else f"× {row.factor:.3f}"
        cells.append([text(f"planner.why.{row.part}", lang), factor, whole(row.inquiries)])
    yield from (f"  {line}" for line in columns(cells, right=(1, 2)))
    if len(found):
        promotion = float(factors.loc[factors["part"] == "promotion", "factor"].iloc[0])
        yield ""
        yield f"  {text('planner.why.analogues', lang)}"
        yield from (f"  {line}" for line in columns(list(_earlier(found, promotion, lang)), right=(2, 3, 4)))
    if lent:
        yield ""
        yield f"  {text('planner.why.borrowed', lang)}"
        yield from (f"  {finding.message(lang)}" for finding in lent)


def _reasons(lags: pd.DataFrame, lang: str) -> Iterator[str]:
    """After how many days the queue follows each driver, and each reason of the contact log by itself."""
    each = lags.drop_duplicates(["driver", "kind", "reason"])
    for row in rows(each):
        name = "" if row.kind == "whole" else row.reason or text("planner.why.rarer", lang)
        key = "lag" if row.kind == "whole" else "lag_reason" if row.used else "lag_unused"
        facts = {"driver": row.driver, "reason": name, "days": row.mean_lag_h / 24, "share": 100 * row.share}
        yield f"  {text(f'planner.why.{key}', lang, **facts)}"


def _earlier(found: pd.DataFrame, promotion: float, lang: str) -> Iterator[list[str]]:
    """The weightiest phases, and in the last line what all others, shrinkage and the hours within the days add, so that
    what is added multiplies to the factor ``promotion``."""
    yield [text(f"planner.why.{key}", lang) for key in ("phase", "start", "lift", "weight", "adds")]
    named = found[found["promotion"] != ""].head(MOST)
    for row in rows(named):
        name, start = f"{row.promotion}: {row.phase}", f"{row.start:%Y-%m-%d}"
        yield [name, start, f"× {row.lift:.2f}", f"{row.weight:.2f}", f"× {row.factor:.3f}"]
    rest = promotion / named["factor"].to_numpy(dtype=float).prod()
    yield [text("planner.why.rest", lang), "", "", "", f"× {rest:.3f}"]
