"""A small desk every name of which is meant to break what shows it: markup, formulas, right-to-left, too long."""

import csv
from pathlib import Path

import pandas as pd

SCRIPT = "<script>window.broken=1</script><img src=//evil.example/a.png onerror=window.broken=1>"
MARKDOWN = "![x](//evil.example/x.png) [y](javascript:window.broken=1) **b** $x^2$ :red[r] :material/home: `c` ~~d~~"
FORMULA = '=HYPERLINK("http://evil.example","x")'
MIRRORED = "לא שלום مرحبا 🐼💻"
LONG = "long " * 99
QUEUES = {f"{LONG}1": 14.0, f"{LONG}2": 9.0, f"{SCRIPT} {FORMULA}": 6.0}
"""Queue -> inquiries of a quiet hour; two are told apart by their last letter alone."""
AGENTS = {
    "A1": SCRIPT,
    "A2": MARKDOWN,
    "=A3+1": FORMULA,
    "<b>A4</b>": MIRRORED,
    "A5": f"{LONG}1",
    "A6": f"{LONG}2",
}
TEAMS = (f"{MARKDOWN}", f"+{MIRRORED}")
SETTINGS = """
name = {name}
timezone = "Asia/Shanghai"
interval_min = 60
currency = "CNY"
[horizon]
start = 2026-06-17
end = 2026-06-20
[contracts.{contract}]
"""
QUEUE = """
[queues.{name}]
aht_s = [240.0]
target = {{ share = 0.8, within_s = 30.0 }}
patience_s = 180.0
lost_value = 8.0
"""


def write_hostile(folder: Path) -> Path:
    """The desk's folder."""
    folder.mkdir(parents=True)
    settings = SETTINGS.format(name=_quoted(f"{SCRIPT} {MARKDOWN}"), contract=_quoted(MARKDOWN))
    settings += "".join(QUEUE.format(name=_quoted(queue)) for queue in QUEUES)
    (folder / "desk.toml").write_text(settings, encoding="utf-8")
    people = [
        [code, name, TEAMS[place % 2], MARKDOWN, str(40 + place)] for place, (code, name) in enumerate(AGENTS.items())
    ]
    _write(folder, "agents", "agent,name,team,contract,cost_per_h", people)
    skills = [
        [code, queue, "1", str(int(place % 3 == other))]
        for place, code in enumerate(AGENTS)
        for other, queue in enumerate(QUEUES)
    ]
    _write(folder, "skills", "agent,queue,proficiency,home", skills)
    shifts = [[f"<i>M</i> {MIRRORED}", "08:00", "17:00", "8", "60"], ["=N1", "16:00", "01:00", "8", "60"]]
    _write(folder, "shifts", "shift,start,end,paid_h,break_min", shifts)
    times = ("2026-06-17 20:00", "2026-06-18 00:00", "2026-06-19 00:00")
    phases = [[SCRIPT, MARKDOWN, *times[:2]], [SCRIPT, f"{LONG}1", *times[1:]]]
    _write(folder, "promotions", "promotion,phase,start,end", phases)
    override = [
        "2026-06-18 10:00",
        "2026-06-18 12:00",
        f"{LONG}1",
        "multiply",
        "1.2",
        FORMULA,
        SCRIPT,
        "2026-06-10 09:00",
    ]
    _write(folder, "overrides", "start,end,queue,kind,value,owner,reason,made_at", [override])
    _write(folder, "requests", "agent,date,wish,weight", [["A2", "2026-06-18", "off", "30"]])
    past = pd.date_range("2026-06-03", periods=14 * 24, freq="h")
    counts = [
        [f"{start:%Y-%m-%d %H:%M}", queue, str(round(mean * (0.3 + (8 < start.hour < 23))))]
        for queue, mean in QUEUES.items()
        for start in past
    ]
    _write(folder, "history", "start,queue,offered", counts)
    return folder


def _quoted(name: str) -> str:
    """A name in TOML."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _write(folder: Path, name: str, header: str, rows: list[list[str]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header.split(","), *rows])
