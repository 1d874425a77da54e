"""Hostile desk.toml."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.hostile.entry import Hostile
from tests.hostile.fields import FEW
from tests.unit.desk.small import SETTINGS, make_desk

BROKEN = ("broken_toml",)
UNKNOWN = ("unknown_setting",)
DEEP = ("setting_too_deep", "broken_toml")


def hostile_settings() -> Iterator[Hostile]:
    """Whole files first, then single values."""
    whole: dict[str, tuple[str, tuple[str, ...]]] = {
        "deep-arrays": ("x = " + "[" * 100_000, BROKEN),
        "deep-arrays-closed": ("x = " + "[" * 20_000 + "]" * 20_000, BROKEN),
        "deep-tables": ("x = " + "{a=" * 20_000 + "1" + "}" * 20_000, BROKEN),
        "deep-dots": (".".join(["a"] * 20_000) + " = 1\n" + SETTINGS, DEEP),
        "deep-dots-inside": (SETTINGS + "\n[rules]\n" + ".".join(["a"] * 5_000) + " = 1\n", DEEP),
        "deep-header": (SETTINGS + "\n[" + ".".join(["a"] * 20_000) + "]\n", DEEP),
        "many-keys": ("\n".join(f"k{n} = 1" for n in range(20_000)) + "\n" + SETTINGS, UNKNOWN),
        "many-queues": (SETTINGS + "".join(f"\n[queues.q{n}]\naht_s = [1.0]\n" for n in range(5_000)), ("too_many_named", "setting_max_length")),
        "long-list": (SETTINGS.replace("[240, 300]", "[" + "1.0," * 100_000 + "]"), ("file_too_large",)),
        "big": ("# " + "x" * 3_000_000 + "\n" + SETTINGS, ("file_too_large",)),
        "long-string": (SETTINGS.replace("Small desk", "x" * 100_000), ("setting_too_long",)),
        "junk": ("\x7fELF\x01", BROKEN),
        "escapes": (SETTINGS.replace("Small desk", "\\ud800"), BROKEN),
        "nul-escape": (SETTINGS.replace("Small desk", "a\\u0000b"), ("unsafe_setting",)),
        "escape-escape": (SETTINGS.replace("Small desk", "a\\u001b[31mb"), ("unsafe_setting",)),
        "override": (SETTINGS.replace("Small desk", "a\u202eb"), ("unsafe_setting",)),
        "noncharacter": (SETTINGS.replace("Small desk", "a\ufffeb"), ("unsafe_setting",)),
        "crlf-name": (SETTINGS.replace("Small desk", "a\\r\\nBEGIN:VEVENT"), ("unsafe_setting",)),
        "queue-with-escape": (SETTINGS.replace("[queues.pre]", '[queues."p\\u001b"]'), ("unsafe_setting",)),
        "contract-with-newline": (SETTINGS.replace("[contracts.part]", '[contracts."p\\nq"]'), ("unsafe_setting",)),
        "keys-twice": (SETTINGS + '\n[queues.pre]\naht_s = [1.0]\n', BROKEN),
        "proto": (SETTINGS + "\n[__proto__]\nx = 1\n", UNKNOWN),
        "class": (SETTINGS + '\n["{0.__class__}"]\nx = 1\n', UNKNOWN),
        "control-key": (SETTINGS + '\n["\\u001b[2J"]\nx = 1\n', ("unsafe_setting",)),
    }  # fmt: skip
    for name, (text, codes) in whole.items():
        yield Hostile(f"toml-{name}", partial(_written, text), codes)
    values = {
        "interval-digits": ("interval_min = 60", "interval_min = " + "9" * 5000, BROKEN),
        "interval-huge": ("interval_min = 60", f"interval_min = {10**30}", ("setting_extreme",)),
        "interval-zero": ("interval_min = 60", "interval_min = 0", ("setting_choice",)),
        "patience-nan": ("patience_s = 120", "patience_s = nan", ("setting_not_finite",)),
        "patience-inf": ("patience_s = 120", "patience_s = inf", ("setting_not_finite",)),
        "patience-1e308": ("patience_s = 120", "patience_s = 1e308", ("setting_extreme",)),
        "patience-digits": ("patience_s = 120", f"patience_s = {10**400}", ("setting_extreme",)),
        "aht-1e308": ("[240, 300]", "[1e308]", ("setting_extreme",)),
        "aht-tiny": ("[240, 300]", "[1e-300]", ("setting_extreme",)),
        "hours-1e308": ("max_paid_h_week = 48", "max_paid_h_week = 1e308", ("setting_extreme",)),
        "horizon-year-1": ("start = 2026-06-01", "start = 0001-01-01", ("setting_far_date",)),
        "horizon-year-9999": ("end = 2026-06-15", "end = 9999-12-31", ("setting_far_date",)),
        "horizon-both-1": ("start = 2026-06-01\nend = 2026-06-15", "start = 0001-01-01\nend = 0001-01-03", ("setting_far_date",)),
        "horizon-both-9999": ("start = 2026-06-01\nend = 2026-06-15", "start = 9999-12-29\nend = 9999-12-31", ("setting_far_date",)),
        "date-zero": ("start = 2026-06-01", "start = 0000-00-00", BROKEN),
        "date-month-13": ("start = 2026-06-01", "start = 2026-13-01", BROKEN),
        "date-million": ("start = 2026-06-01", "start = 1000000-01-01", BROKEN),
        "zone-climbs": ("Asia/Shanghai", "../../../etc/passwd", ("unknown_timezone",)),
        "zone-absolute": ("Asia/Shanghai", "/etc/passwd", ("unknown_timezone",)),
        "zone-nul": ("Asia/Shanghai", "Asia\\u0000", ("unsafe_setting",)),
        "zone-long": ("Asia/Shanghai", "A" * 5000, ("setting_too_long",)),
        "zone-folder": ("Asia/Shanghai", "Asia", ("unknown_timezone",)),
        "zone-empty": ("Asia/Shanghai", "", ("unknown_timezone",)),
        "zone-dot": ("Asia/Shanghai", ".", ("unknown_timezone",)),
        "zone-file": ("Asia/Shanghai", "zone.tab", ("unknown_timezone",)),
        "name-formula": ("Small desk", "=1+1", ()),
        "name-markup": ("Small desk", "<script>alert(1)</script>", ()),
        "name-path": ("Small desk", "../../etc/passwd", ()),
        "name-braces": ("Small desk", "{0.__class__}", ()),
        "name-empty": ("Small desk", "", ("setting_min_length",)),
    }  # fmt: skip
    for name, (old, new, codes) in values.items():
        assert old in SETTINGS, name
        yield Hostile(f"toml-{name}", partial(_written, SETTINGS.replace(old, new, 1)), codes)


def _written(text: str, folder: Path) -> Path:
    return make_desk(folder, text, only=FEW)
