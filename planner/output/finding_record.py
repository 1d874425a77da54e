"""Findings in plan.json: with their facts, so that they can be told again in another language."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd

from desk import Finding
from desk.i18n import LANGUAGES

_TIME, _NUMBER = "time", "number"
_FIELDS = tuple(own.name for own in fields(Finding))


def packed(finding: Finding) -> dict[str, Any]:
    """A finding as JSON; times and numbers that JSON lacks are marked as such."""
    return asdict(finding) | {"facts": {name: _packed(value) for name, value in finding.facts.items()}}


def unpacked(record: Mapping[str, Any]) -> Finding:
    """The finding of a record that :func:`packed` made; where another version of Peakdesk did, whose sentences are not
    ours, one that tells its code and facts.
    """
    own = {name: record[name] for name in _FIELDS if name in record}
    found = Finding(**(own | {"facts": {name: _unpacked(value) for name, value in record["facts"].items()}}))
    if _can_be_said(found):
        return found
    facts = ", ".join(f"{name} {value}" for name, value in {"value": found.value, **found.facts}.items() if value)
    return replace(found, code="of_other_version", value=found.code, facts={"facts": facts})


def _can_be_said(finding: Finding) -> bool:
    """Whether our catalogues have its sentences, and it the facts that they name."""
    try:
        return all(finding.line(lang) for lang in LANGUAGES)
    except (LookupError, ValueError, TypeError, AttributeError):
        return False


def _packed(value: Any) -> Any:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, date):
        return {_TIME: pd.Timestamp(value).isoformat()}
    if isinstance(value, float) and not isfinite(value):
        return {_NUMBER: str(value)}
    if isinstance(value, list | tuple):
        return [_packed(item) for item in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _unpacked(value: Any) -> Any:
    if isinstance(value, dict):
        return pd.Timestamp(value[_TIME]) if _TIME in value else float(value[_NUMBER])
    return [_unpacked(item) for item in value] if isinstance(value, list) else value
