"""What desk.toml names must exist, and its horizon must be a span of days."""

from collections.abc import Iterable, Iterator

from desk.load.draft import Draft
from desk.load.header import closest
from desk.load.references import OFF, known_names
from desk.settings import Horizon, Settings

LONGEST_HORIZON_DAYS = 370
_RESERVED = ("break", "briefing", "off", "idle")
_LIST_MARK = "|"


def check_settings(draft: Draft) -> None:
    """Note a horizon that is none, names that can't be used and names that nothing bears."""
    if draft.settings is None:
        return
    _check_horizon(draft, draft.settings)
    for section, names in (("queues", draft.settings.queues), ("contracts", draft.settings.contracts)):
        for name in names:
            if not name.strip() or _LIST_MARK in name or name.lower() in _RESERVED:
                draft.setting("reserved_name", section, name, value=name)
    known = known_names(draft)
    for kind, path, name in _named(draft.settings):
        if kind in known and name not in known[kind]:
            draft.setting(
                f"unknown_{kind[:-1]}", *path, value=name, name=name, known=closest(name, sorted(known[kind]))
            )


def is_usual(horizon: Horizon) -> bool:
    """Whether the horizon is a span of days that can be planned."""
    return 0 < (horizon.end - horizon.start).days <= LONGEST_HORIZON_DAYS


def _check_horizon(draft: Draft, settings: Settings) -> None:
    days = (settings.horizon.end - settings.horizon.start).days
    if days <= 0:
        draft.setting("horizon_ends_first", "horizon", "end", value=settings.horizon.end)
    elif days > LONGEST_HORIZON_DAYS:
        draft.setting("horizon_too_long", "horizon", "end", value=settings.horizon.end, limit=LONGEST_HORIZON_DAYS)


def _named(settings: Settings) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Every name that a setting gives: its kind, the setting's path, the name."""
    yield from _each("queues", ("rules", "min_presence"), settings.rules.min_presence)
    for name, queue in settings.queues.items():
        yield from _each("queues", ("queues", name, "overflow_to"), [queue.overflow_to] if queue.overflow_to else ())
    yield from _each("shifts", ("rules", "unpopular"), settings.rules.unpopular)
    yield from _each("queues", ("forecast", "drivers"), settings.forecast.drivers or ())
    for level in settings.forecast.expected_levels:
        yield from _each("queues", ("forecast", "expected_levels"), (level.queue, *level.like))
    lifts = [lift.queue for lift in settings.forecast.expected_lifts if lift.queue is not None]
    yield from _each("queues", ("forecast", "expected_lifts"), lifts)
    for name, contract in settings.contracts.items():
        place = ("contracts", name)
        yield from _each("shifts", (*place, "shifts"), contract.shifts or ())
        yield from _each("shifts", (*place, "max_shifts"), contract.max_shifts)
        pairs = [shift for pair in contract.forbidden_successions for shift in pair]
        yield from _each("shifts", (*place, "forbidden_successions"), (shift for shift in pairs if shift != OFF))


def _each(kind: str, path: tuple[str, ...], names: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    return ((kind, path, name) for name in names)
