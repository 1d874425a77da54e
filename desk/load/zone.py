"""Timezones by their IANA name."""

from zoneinfo import ZoneInfo, available_timezones

from desk.load.header import alike


def is_zone(name: str) -> bool:
    """Whether the name is an IANA timezone."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def meant_zone(name: str) -> str:
    """The IANA name that is probably meant, by its city; an example where none is."""
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    city = name.strip().replace(" ", "_").casefold()
    same = [zone for zone in zones if city in (zone.casefold(), zone.rpartition("/")[2].casefold())]
    return next(iter(same), "") or alike(name, zones) or "Asia/Shanghai"
