"""What a score rests on, as hashes: the same basis gives the same statements, bit for bit."""

import hashlib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import pandas as pd

from desk import Desk
from desk.content import content_digest

_DESK_TABLES = ("agents", "leave", "promotions", "shifts")


@dataclass(frozen=True, slots=True)
class Basis:
    """SHA-256 of the data and of the scheme, and the version of the program."""

    data: str
    scheme: str
    version: str

    @property
    def mark(self) -> str:
        """One hash for all three."""
        return _sha256(f"{self.data}\n{self.scheme}\n{self.version}")


def basis(
    desk: Desk, contacts: pd.DataFrame, duty: pd.DataFrame | None = None, service: pd.DataFrame | None = None
) -> Basis:
    """Basis of an assessment of these tables; row order and file format don't matter."""
    tables = {name: desk.tables[name] for name in _DESK_TABLES if name in desk.tables}
    tables |= {"contacts": contacts}
    tables |= {name: frame for name, frame in (("duty", duty), ("service", service)) if frame is not None}
    plain = desk.settings.model_dump_json(exclude={"incentive", "forecast", "scheduler", "horizon"})
    return Basis(content_digest(plain, tables), _sha256(desk.settings.incentive.model_dump_json()), _version())


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _version() -> str:
    try:
        return version("peakdesk")
    except PackageNotFoundError:
        return ""
