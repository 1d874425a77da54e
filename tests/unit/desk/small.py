"""A desk of a few readable rows that loads without a finding; tests break one thing of it at a time."""

from pathlib import Path

import pytest

from desk import Finding, InputError, load_desk

SETTINGS = """
name = "Small desk"
timezone = "Asia/Shanghai"
interval_min = 60

[horizon]
start = 2026-06-01
end = 2026-06-15

[queues.pre]
aht_s = [240, 300]
patience_s = 120

[queues.after]
aht_s = [400]
patience = { wait_s = 300, share_lost = 0.41 }
hours = "08:00-10:00"

[contracts.full]
max_paid_h_week = 48
min_paid_h_horizon = 40

[contracts.part]
shifts = ["S"]
"""

TABLES = {
    "history": """
start,queue,offered,open
2026-05-01 00:00,pre,3,1
2026-05-01 01:00,pre,,0
2026-05-01 02:00,pre,5,1
2026-05-01 08:00,after,2,1
2026-05-01 09:00,after,4,1
2026-05-02 08:00,after,4,1
""",
    "superseded": """
start,queue,offered,open,recorded_at
2026-05-01 00:00,pre,2,1,2026-05-01 01:00
""",
    "drivers": """
start,basis,visits
2026-05-01,actual,1000
2026-05-01,plan,1200.5
""",
    "superseded_drivers": """
start,basis,visits,recorded_at
2026-05-01,plan,1100,2026-04-20
""",
    "promotions": """
promotion,phase,start,end
618,opening,2026-06-01 20:00,2026-06-03
618,peak,2026-06-10,2026-06-12
""",
    "overrides": """
start,end,queue,kind,value,owner,reason,made_at
2026-06-02,2026-06-03,pre,multiply,1.2,Li,live stream,2026-05-30 10:00
""",
    "verdicts": """
queue,date,found,verdict
pre,2026-05-01,outage,drop
visits,2026-05-01,outlier,
""",
    "agents": """
agent,name,team,contract,cost_per_h
A1,王芳,T1,full,30
A2,李雷,T1,full,30
B1,Zoe,T2,part,25.5
""",
    "skills": """
agent,queue,proficiency,home
A1,pre,1,1
A2,after,0.9,1
B1,pre,0.8,0
""",
    "shifts": """
shift,start,end,paid_h,break_min,break_from,break_to,contracts
M,09:00,18:00,8,60,11:00,14:00,full
N,22:00,06:00,8,0,,,full
S,10:00,14:00,4,,,,part|full
""",
    "leave": """
agent,date
A1,2026-06-02
""",
    "requests": """
agent,date,wish,shift,weight
A1,2026-06-03,off,,50
A2,2026-06-03,on,M,20
""",
    "pinned": """
agent,date,shift
A1,2026-06-04,M
A2,2026-06-04,OFF
""",
    "published": """
agent,date,shift
A1,2026-06-04,M
A2,2026-06-04,OFF
""",
    "worked": """
agent,date,shift
A1,2026-05-31,N
""",
    "cover": """
date,shift,start,queue,required,under_cost,over_cost
2026-06-01,M,,,2,100,1
,,2026-06-01 09:00,pre,3,100,1
""",
    "activities": """
activity,minutes,window_start,window_end,who,sessions_max
Briefing,60,2026-06-05 08:00,2026-06-05 20:00,T1|B1,2
""",
    "contacts": """
contact,queue,arrived,assigned,first_reply,closed,agent,rating
C1,pre,2026-05-01 00:10:00,2026-05-01 00:10:05,2026-05-01 00:10:30,2026-05-01 00:15,A1,5
C2,pre,2026-05-01 00:20:00,,,2026-05-01 00:25,,
""",
}

CORE = ("history", "agents", "skills", "shifts", "leave", "cover")


def make_desk(folder: Path, settings: str = SETTINGS, only: tuple[str, ...] | None = None, **tables: str) -> Path:
    """Write the small desk into ``folder`` with some tables replaced; ``only`` leaves the other tables out."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "desk.toml").write_text(settings, encoding="utf-8")
    wanted = TABLES if only is None else {name: TABLES[name] for name in only}
    for name, text in (wanted | tables).items():
        (folder / f"{name}.csv").write_text(text.lstrip("\n"), encoding="utf-8")
    return folder


def core_desk(folder: Path, settings: str = SETTINGS, **tables: str) -> Path:
    """Write the tables that most desks have, and those given: enough where one thing is wrong, and quicker to load."""
    return make_desk(folder, settings, CORE, **tables)


def findings_of(path: Path) -> tuple[Finding, ...]:
    """What the loader raises for a desk that it must refuse."""
    with pytest.raises(InputError) as refused:
        load_desk(path)
    return refused.value.findings


def changed(table: str, old: str, new: str) -> dict[str, str]:
    """The text of a table with ``old`` replaced, as a keyword of :func:`make_desk`."""
    assert old in TABLES[table], old
    return {table: TABLES[table].replace(old, new, 1)}


def the_one(findings: tuple[Finding, ...], code: str) -> Finding:
    """The one finding of this code."""
    found = [finding for finding in findings if finding.code == code]
    assert len(found) == 1, findings
    return found[0]
