"""The measures, declared as data in ``measures.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from desk.i18n import text

Kind = Literal["share", "median", "total", "reward", "composite"]


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
    evidence : valid contacts below which chance speaks more than skill.
    """

    name: str
    kind: Kind
    source: str
    unit: str
    better: Literal["high", "low"]
    needs: tuple[str, ...]
    queues: Literal["live", "all"]
    evidence: int

    def title(self, lang: str = "en") -> str:
        """Its name in ``lang``."""
        return text(f"measure.{self.name}.title", lang)

    def definition(self, lang: str = "en") -> str:
        """What exactly is counted, in one or two sentences."""
        return text(f"measure.{self.name}.definition", lang)


@cache
def measures() -> Mapping[str, Measure]:
    """Every measure by name, in the order of their declaration."""
    raw = tomllib.loads((files("incentive") / "measures.toml").read_text(encoding="utf-8"))
    return {name: Measure(name=name, **{**spec, "needs": tuple(spec["needs"])}) for name, spec in raw.items()}
