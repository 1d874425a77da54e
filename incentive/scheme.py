"""Schemes ready to use, as data: the folder ``schemes`` holds one [incentive] section a file."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from desk import Desk, Finding, InputError
from desk.i18n import catalogue
from desk.load.sane import LARGEST_SETTINGS_BYTES
from desk.settings import IncentiveSettings

SCHEMES = ("piece_rate", "balanced", "promotion_night")
_CURRENCY = "CNY"
"""Of the amounts in them."""


def scheme_text(name: str) -> str:
    """The section [incentive] of a ready scheme, to be put into desk.toml; KeyError where there is none."""
    if name not in SCHEMES:
        raise KeyError(name)
    return (files("incentive") / "schemes" / f"{name}.toml").read_text(encoding="utf-8")


def with_scheme(desk: Desk, name: str | Path) -> Desk:
    """The desk with another scheme: a ready one by its name, or a TOML file with a section [incentive].

    What the scheme does not say stays as the desk has it where it is no part of a scheme (budget, risk factors,
    reply limits ...); weights, prices, quotas, caps, gates and guarantee are the scheme's alone.

    Raises
    ------
    InputError : there is no such scheme, it can't be read, or it contradicts itself.
    """
    try:
        raw = scheme_text(str(name)) if str(name) in SCHEMES else _file_text(Path(name))
        given = dict(tomllib.loads(raw)["incentive"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        facts = {"known": ", ".join(SCHEMES)}
        raise InputError([Finding("scheme_unknown", file=str(name), value=str(name), facts=facts)]) from error
    kept = desk.settings.incentive.model_dump(exclude=_SCHEME_KEYS)
    return with_incentive(desk, kept | given, str(name))


def amounts_elsewhere(desk: Desk, name: str | Path) -> Iterator[Finding]:
    """A warning where a ready scheme says amounts of money, which are yuan, and the desk pays in another currency."""
    if str(name) not in SCHEMES or desk.settings.currency.upper() == _CURRENCY:
        return
    said = tomllib.loads(scheme_text(str(name)))["incentive"]
    single = {key: said[key] for key in ("guarantee", "cap_agent") if key in said}
    amounts = {f"prices.{measure}": price for measure, price in said.get("prices", {}).items()} | single
    if amounts:
        told = ", ".join(f"{key} = {amount:g}" for key, amount in amounts.items())
        facts = {"amounts": told, "home": _CURRENCY, "currency": desk.settings.currency}
        yield Finding("scheme_of_elsewhere", "warning", file=str(name), value=str(name), facts=facts)


def _file_text(path: Path) -> str:
    """The text of a plain file of a usual size: a pipe or a device might never end."""
    if not path.is_file() or path.stat().st_size > LARGEST_SETTINGS_BYTES:
        raise OSError
    return path.read_text(encoding="utf-8")


def with_incentive(desk: Desk, settings: dict[str, Any], source: str = "desk.toml") -> Desk:
    """The desk with these settings of [incentive].

    Raises
    ------
    InputError : a finding for each setting that can't be.
    """
    try:
        incentive = IncentiveSettings.model_validate(settings)
    except ValidationError as error:
        raise InputError([_finding(dict(one), source) for one in error.errors()]) from error
    return replace(desk, settings=desk.settings.model_copy(update={"incentive": incentive}))


def _finding(one: dict[str, Any], source: str) -> Finding:
    setting = ".".join(map(str, ("incentive", *one["loc"])))
    context = {key: value for key, value in one.get("ctx", {}).items() if key != "error"}
    known = f"finding.{one['type']}" in catalogue("en")
    facts = {"setting": setting, "reason": one["msg"]} | context
    return Finding(str(one["type"]) if known else "scheme_setting", file=source, value=setting, facts=facts)


_SCHEME_KEYS = {
    *("scheme", "weights", "prices", "quotas", "caps", "cap_agent", "guarantee", "guarantee_contacts", "gates"),
    *("queue_weights",),
}
