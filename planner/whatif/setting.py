"""Suppositions about settings: handle time, patience, limits, contracts, anything in desk.toml."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from desk import Desk
from desk.load import changed_settings
from planner.whatif.supposition import SOURCE, Supposition, refused

HANDLE_TIME, PATIENCE = "aht_s", "patience_s"
SECTIONS = ("queues", "contracts", "rules", "scheduler", "incentive")
FORMS = ("patience", "patience_curve")


def supposed_settings(desk: Desk, suppositions: Sequence[Supposition]) -> Desk:
    """The desk with other settings.

    Raises
    ------
    InputError : an unknown setting, or a value that desk.toml would be refused for.
    """
    for own in suppositions:
        given = _shorthand(desk, own) if own.head in (HANDLE_TIME, PATIENCE) else _one(desk, own)
        desk = replace(desk, settings=changed_settings(desk.settings, given, SOURCE))
    return desk


def _shorthand(desk: Desk, own: Supposition) -> dict[tuple[str, ...], Any]:
    """``aht_s`` and ``patience_s``, of one queue or of all that have it."""
    queues = desk.settings.queues
    if own.rest and own.rest not in queues:
        raise refused(own, "whatif_unknown", known=", ".join(queues))
    names = [own.rest] if own.rest else list(queues)
    found = [_patience if own.head == PATIENCE else _handle_time for _ in names]
    return {path: value for name, how in zip(names, found, strict=True) for path, value in how(desk, own, name).items()}


def _handle_time(desk: Desk, own: Supposition, queue: str) -> dict[tuple[str, ...], Any]:
    before = desk.settings.queues[queue].aht_s
    if own.op == "=" and isinstance(own.value, list):
        return {("queues", queue, "aht_s"): own.value}
    return {("queues", queue, "aht_s"): [_changed(own, value) for value in before]}


def _patience(desk: Desk, own: Supposition, queue: str) -> dict[tuple[str, ...], Any]:
    """However it is stated: a mean, a pair, a curve; setting it makes it a mean."""
    at, settings = ("queues", queue), desk.settings.queues[queue]
    if own.op == "=":
        return {**{(*at, form): None for form in FORMS}, (*at, PATIENCE): _changed(own, 0.0)}
    if settings.patience_s is not None:
        return {(*at, PATIENCE): _changed(own, settings.patience_s)}
    if settings.patience is not None:
        return {(*at, "patience", "wait_s"): _changed(own, settings.patience.wait_s)}
    if settings.patience_curve is not None:
        return {(*at, "patience_curve", "wait_s"): [_changed(own, value) for value in settings.patience_curve.wait_s]}
    return {}


def _one(desk: Desk, own: Supposition) -> dict[tuple[str, ...], Any]:
    """Any setting by its path."""
    if own.op == "=":
        return {own.name: own.value}
    before: Any = desk.settings.model_dump()
    for part in own.name:
        before = before.get(part) if isinstance(before, dict) else None
    values = before if isinstance(before, list) else [before]
    if not values or any(isinstance(value, bool) or not isinstance(value, int | float) for value in values):
        raise refused(own, "whatif_not_scalable")
    changed = [_changed(own, value) for value in values]
    return {own.name: changed if isinstance(before, list) else changed[0]}


def _changed(own: Supposition, before: float) -> Any:
    if own.op == "=":
        return float(own.value) if isinstance(own.value, int) and not isinstance(own.value, bool) else own.value
    found = own.of(before)
    return int(found) if isinstance(before, int) and found == int(found) else found
