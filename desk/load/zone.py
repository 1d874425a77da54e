"""Timezones by their IANA name."""

from zoneinfo import ZoneInfo


def is_zone(name: str) -> bool:
    """Whether the name is an IANA timezone."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True
