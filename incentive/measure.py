"""The measures, declared as data in ``measures.toml``."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal

from desk import Desk
from desk.i18n import catalogue, text
from desk.settings import IncentiveSettings

Kind = Literal["share", "level", "ratio", "total", "reward", "composite"]
LIMITED = "within"
_DEFAULT_LIMITS_S = tuple(IncentiveSettings().reply_limits_s)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    Parameters
    ----------
    name : as it stands in ``[incentive].weights`` and in table ``scores``.
    kind : how it is worked out.
    source : name of the function that gives each contact's value.
    unit : unit of its observed value.
    better : whether high or low values are good.
    needs : columns of the contact log that must hold something.
    queues : which kind of queue its contacts come from, ``live`` or ``all``.
    guards : guards whose findings are not valid contacts.
    evidence : valid contacts below which chance speaks more than skill.
    limit_s : the limit of a share within a time; 0 = it has none.
    """

    name: str
    kind: Kind
    source: str
    unit: str
    better: Literal["high", "low"]
    needs: tuple[str, ...]
    queues: Literal["live", "all"]
    guards: tuple[str, ...]
    evidence: int
    limit_s: float = 0.0

    def title(self, lang: str = "en") -> str:
        """Its name in ``lang``."""
        return text(f"measure.{self._word}.title", lang, limit=self.limit_s)

    def definition(self, lang: str = "en") -> str:
        """What exactly is counted, in one or two sentences."""
        return text(f"measure.{self._word}.definition", lang, limit=self.limit_s)

    @property
    def _word(self) -> str:
        return LIMITED if self.limit_s else self.name


def measures(limits_s: Sequence[float] = _DEFAULT_LIMITS_S) -> Mapping[str, Measure]:
    """Every measure by name, in the order of their declaration; a share of replies for each of ``limits_s``."""
    return _measures(tuple(limits_s))


def measures_of(desk: Desk) -> Mapping[str, Measure]:
    """The measures of a desk: with the reply limits of its settings."""
    return measures(desk.settings.incentive.reply_limits_s)


def measure_title(name: str, lang: str = "en") -> str:
    """The title of a measure by its name; the name itself where nothing of it is declared."""
    limit = name.removeprefix(f"{LIMITED}_").removesuffix("s")
    if name.startswith(f"{LIMITED}_") and limit.replace(".", "", 1).isdigit():
        return text(f"measure.{LIMITED}.title", lang, limit=float(limit))
    return catalogue(lang).get(f"measure.{name}.title", name)


@cache
def _measures(limits_s: tuple[float, ...]) -> Mapping[str, Measure]:
    raw = tomllib.loads((files("incentive") / "measures.toml").read_text(encoding="utf-8"))
    declared = [
        Measure(name=name, **{**spec, "needs": tuple(spec["needs"]), "guards": tuple(spec["guards"])})
        for name, spec in raw.items()
    ]
    return {own.name: own for one in declared for own in _limited(one, limits_s)}


def _limited(measure: Measure, limits_s: tuple[float, ...]) -> Iterator[Measure]:
    if measure.name != LIMITED:
        yield measure
        return
    for limit_s in sorted(set(limits_s)):
        yield replace(measure, name=f"{LIMITED}_{limit_s:g}s", limit_s=limit_s)
