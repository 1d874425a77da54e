"""A settlement as a workbook: who is paid what, the scores behind it, and the scheme in numbers."""

from io import BytesIO
from typing import Any

import pandas as pd

from desk.currency import digits
from desk.i18n import text
from desk.natural import natural_rank
from desk.settings import IncentiveSettings
from desk.tables import table
from desk.write.book import book_in
from incentive import measure_title

_OWN = ("name", "team")
_WIDTH = 14


def score_book(paid: pd.DataFrame, scores: pd.DataFrame, scheme: IncentiveSettings, currency: str, lang: str) -> bytes:
    """The workbook's bytes; every cell of text is a string, so that none can act as a formula or a link.

    Parameters
    ----------
    paid : one row per agent, titled as people read it. scores : table ``scores`` with ``name`` and ``team``.
    """
    target = BytesIO()
    paid, scores = (_ordered(own) for own in (paid, scores))
    with book_in(target) as book:
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "money": book.add_format({"num_format": f"{0:.{digits(currency)}f}"}),
            "number": book.add_format({"num_format": "0.00"}),
        }
        titles = {str(name): text(f"planner.score.sheet.{name}", lang) for name in ("name", "agent") if name in paid}
        heads = [titles.get(str(name), str(name)) for name in paid]
        _write(
            book.add_worksheet(text("planner.score.sheet.paid", lang)), styles, paid.set_axis(heads, axis=1), "money"
        )
        _write(book.add_worksheet(text("planner.score.sheet.scores", lang)), styles, _titled(scores, lang))
        _write(book.add_worksheet(text("planner.score.sheet.scheme", lang)), styles, _scheme(scheme, currency, lang))
    return target.getvalue()


def _ordered(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values("agent", key=natural_rank, kind="stable") if "agent" in frame else frame


def _titled(scores: pd.DataFrame, lang: str) -> pd.DataFrame:
    declared = table("scores").columns
    known = [name for name in ("name", "agent", "team", "measure") if name in scores]
    known += [name for name in declared if name in scores and name not in known]
    own = scores[known].assign(measure=scores["measure"].map(lambda name: measure_title(str(name), lang)))
    heads = [
        text(f"planner.score.sheet.{name}", lang) if name in _OWN else declared[name].title(lang) for name in known
    ]
    return own.set_axis(heads, axis=1)


def _scheme(scheme: IncentiveSettings, currency: str, lang: str) -> pd.DataFrame:
    rows = [(text("planner.score.sheet.budget", lang), scheme.budget, currency)]
    rows += [(measure_title(name, lang), share, "") for name, share in scheme.weights.items()]
    names = ("guarantee", "guarantee_contacts", "cap_agent")
    rows += [(text(f"planner.score.sheet.{name}", lang), getattr(scheme, name), "") for name in names]
    columns = ("planner.score.sheet.what", "planner.score.sheet.value", "planner.score.sheet.unit")
    return pd.DataFrame(rows, columns=[text(key, lang) for key in columns])


def _write(sheet: Any, styles: dict[str, Any], frame: pd.DataFrame, numbers: str = "number") -> None:
    for place, name in enumerate(frame.columns):
        sheet.write_string(0, place, str(name), styles["head"])
        for row, cell in enumerate(frame.iloc[:, place], start=1):
            if pd.isna(cell):
                continue
            if isinstance(cell, str):
                sheet.write_string(row, place, cell)
            else:
                sheet.write_number(row, place, float(cell), styles[numbers])
    sheet.set_column(0, max(len(frame.columns) - 1, 0), _WIDTH)
    sheet.freeze_panes(1, 0)
