"""What an agent is told: counted, expected, adjusted, paid, and what would change it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from importlib.resources import files
from math import isnan
from typing import Any

import numpy as np
import pandas as pd
from jinja2 import Environment, StrictUndefined, Template

from desk import Desk
from desk.i18n import text
from incentive.assess import Assessment
from incentive.basis import Basis
from incentive.evidence import Result
from incentive.pay import Ledger, Part, ledger
from incentive.say import measure_sentences, money, money_sentence, period_words


@dataclass(frozen=True)
class Statements:
    """Everybody's statement of one assessment.

    Parameters
    ----------
    desk, assessment, basis : what the statements tell of.
    ledger : the payout with its lines.
    excluded : guard -> contacts of each agent that it took out, in the order of the log's agents.
    """

    desk: Desk
    assessment: Assessment
    basis: Basis
    ledger: Ledger
    excluded: Mapping[str, "np.ndarray[Any, np.dtype[np.int64]]"]

    def record(self, agent: str) -> dict[str, Any]:
        """An agent's statement as data."""
        place = self.ledger.agents.index(agent)
        own: dict[str, Any] = {"agent": agent, "name": self._name(agent), "currency": self.desk.settings.currency}
        own |= {"cents_in_one": self.ledger.unit, "scheme": self.desk.settings.incentive.scheme}
        own |= {"period": list(self.period())}
        own["measures"] = [_line(row) for row in self._rows(agent)]
        own["money"] = [_paid(part, place) for part in self.ledger.parts]
        own["guarantee_cents"] = int(self.ledger.guarantee[place])
        own["total_cents"] = int(self.ledger.total()[place])
        at = self._place(agent)
        own["excluded"] = {guard: int(counts[at]) for guard, counts in self.excluded.items() if counts[at]}
        return own | {"basis": asdict(self.basis) | {"mark": self.basis.mark}}

    def html(self, agent: str, lang: str) -> str:
        """An agent's statement as a page, in ``lang``; the same basis gives the same bytes."""
        record = self.record(agent)
        facts = {"record": record, "lang": lang, "say": lambda key, **more: text(f"statement.{key}", lang, **more)}
        lines = [sentence for result in self.assessment.results for sentence in self._sentences(result, agent, lang)]
        paid = list(self._money(agent, lang))
        page = {"desk": self.desk.settings.name, "period": period_words(self.period(), lang), "lines": lines}
        return _template().render(**facts, **page, paid=paid, total=money(record["total_cents"], record["currency"]))

    def period(self) -> tuple[str, str]:
        """First and last day of the log."""
        days = self.assessment.evidence.log.day
        ends = (days.min(), days.max()) if len(days) else (0, 0)
        first, last = (f"{pd.Timestamp(0) + pd.Timedelta(days=int(day)):%Y-%m-%d}" for day in ends)
        return first, last

    def _name(self, agent: str) -> str:
        return self._names.get(agent, agent)

    @cached_property
    def _names(self) -> dict[str, str]:
        people = self.desk.table("agents").dropna(subset="name").drop_duplicates("agent")
        return dict(zip(people["agent"].astype("str"), people["name"].astype("str"), strict=True))

    def _rows(self, agent: str) -> list[dict[str, Any]]:
        return [row | {"measure": result.measure.name} for result in self.assessment.results
                if (row := _of(result, self._place(agent)))["contacts"] > 0 or not isnan(row["observed"])]  # fmt: skip

    def _place(self, agent: str) -> int:
        return self._places[agent]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {str(agent): place for place, agent in enumerate(self.assessment.evidence.log.agents)}

    def _sentences(self, result: Result, agent: str, lang: str) -> Iterator[tuple[str, str, str]]:
        row = _of(result, self._place(agent))
        if row["contacts"] > 0 or not isnan(row["observed"]):
            counts = result.agents["contacts"].to_numpy(dtype=np.float64)
            seen = np.nan_to_num(result.agents["observed"].to_numpy(dtype=np.float64))
            middle = float((seen * counts).sum() / counts.sum()) if counts.sum() else float("nan")
            yield measure_sentences(result.measure, row, middle, lang)

    def _money(self, agent: str, lang: str) -> Iterator[tuple[str, str, str]]:
        place, currency = self.ledger.agents.index(agent), self.desk.settings.currency
        units = {result.measure.name: result.price_units for result in self.assessment.results}
        whole = int(self.ledger.guarantee[place] + sum(part.paid[place] for part in self.ledger.parts))
        room = None if self.ledger.cap is None else self.ledger.cap - whole
        for part in self.ledger.parts:
            more = units.get(part.measure)
            unit = float(more[self._place(agent)]) if more is not None else float("nan")
            yield money_sentence(self.desk.settings.incentive, part, place, unit, currency, lang, room=room)
        if self.ledger.guarantee[place]:
            amount = money(int(self.ledger.guarantee[place]), currency)
            yield text("statement.guarantee", lang), self._guarantee_words(lang), amount
        if whole > self.ledger.total()[place]:
            lost = money(int(self.ledger.total()[place]) - whole, currency)
            yield text("statement.cap", lang), text("statement.cap_why", lang), lost

    def _guarantee_words(self, lang: str) -> str:
        whole_from = self.desk.settings.incentive.guarantee_contacts
        more = [text("statement.guarantee_whole", lang, contacts=whole_from)] if whole_from > 1 else []
        return " ".join([text("statement.guarantee_why", lang), *more])


def statements(desk: Desk, assessment: Assessment, basis: Basis) -> Statements:
    """Everybody's statement."""
    log = assessment.evidence.log
    size = len(log.agents)
    excluded = {guard: np.bincount(log.agent[found & (log.agent >= 0)], minlength=size)
                for guard, found in log.guarded.items()}  # fmt: skip
    return Statements(desk, assessment, basis, ledger(desk, assessment.scores), excluded)


def _of(result: Result, place: int) -> dict[str, float]:
    return {str(name): float(value) for name, value in result.agents.iloc[place].items()}


def _line(row: dict[str, Any]) -> dict[str, Any]:
    return {key: (None if isinstance(value, float) and isnan(value) else value) for key, value in row.items()}


def _paid(part: Part, place: int) -> dict[str, Any]:
    return {"measure": part.measure, "part_cents": part.cents, "claim": part.claims[place],
            "claim_of_all": sum(part.claims), "gate": float(part.gates[place]), "cents": int(part.paid[place]),
            "share": part.claims[place] / sum(part.claims) if sum(part.claims) else 0.0,
            "price_cents": part.paid.sum() / sum(part.claims) if sum(part.claims) else 0.0}  # fmt: skip


@cache
def _template() -> Template:
    source = (files("incentive") / "statement.html").read_text(encoding="utf-8")
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.from_string(source)
