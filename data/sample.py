"""One sample desk from its world: draw, assemble, write."""

import shutil
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from data import past
from data.clock import Grid
from data.contact_log import contact_log, served_history
from data.demand import demand
from data.drawn import Drawn
from data.lift import lift
from data.people import staff
from data.traffic import traffic
from data.truth import write_truth
from data.world import MAX_LAG_DAYS, World, load_world, world_folder
from data.write import write_table
from desk.settings import Settings

COPIED = ("desk.toml", "shifts.csv", "README.md")


def draw(name: str, seed: int | None = None, world: World | None = None) -> Drawn:
    """Draw world ``name``, or ``world`` instead of it, with ``seed``, its own where None."""
    world, folder = world or load_world(name), world_folder(name)
    settings = Settings.model_validate(tomllib.loads((folder / "desk.toml").read_text(encoding="utf-8")))
    chosen = world.seed if seed is None else seed
    first = world.history_start - timedelta(days=MAX_LAG_DAYS + 1)
    grid = Grid(first, settings.horizon.end, settings.interval_min)
    lifted = lift(world, grid)
    moved = traffic(world, grid, lifted, chosen)
    demands = demand(world, grid, moved, lifted, chosen)
    served = past.history(world, grid, demands, settings.queues, chosen)
    shifts = pd.read_csv(folder / "shifts.csv", dtype=str, keep_default_na=False)
    people = staff(world.people, settings.horizon.start, settings.horizon.end, shifts, chosen)
    return Drawn(world, settings, chosen, grid, lifted, moved, demands, served, shifts, people)


def make_sample(name: str, folder: Path, seed: int | None = None, world: World | None = None) -> None:
    """Write sample ``name``, of ``world`` where given, into ``folder``: the desk, and in ``truth/`` what a forecaster
    can't see."""
    drawn = draw(name, seed, world)
    folder.mkdir(parents=True, exist_ok=True)
    for file in COPIED:
        shutil.copyfile(world_folder(name) / file, folder / file)
    for table, frame in tables(drawn).items():
        write_table(frame, folder / f"{table}.csv")
    write_truth(drawn, folder / "truth")


def tables(drawn: Drawn) -> dict[str, pd.DataFrame]:
    """The desk's tables by name."""
    world, people = drawn.world, drawn.people
    log = contact_log(drawn, world.log, drawn.shifts) if world.log else None
    served = drawn.history if log is None else served_history(drawn.history, log, drawn.grid.step_min)
    found = {
        "history": between(served, world.history_start, world.history_end),
        "drivers": past.drivers(world, drawn.grid, drawn.moved, drawn.seed),
        "promotions": past.promotions(world),
        "overrides": past.overrides(world),
        "activities": past.activities(world),
        "agents": people.agents.drop(columns="home"),
        "skills": people.skills,
        "leave": people.leave,
        "requests": people.requests,
        "pinned": people.pinned,
        "worked": people.worked,
    }
    return found if log is None else found | {"contacts": log}


def between(frame: pd.DataFrame, first: date, after_last: date) -> pd.DataFrame:
    """The rows that start in [first, after_last)."""
    inside = (frame["start"] >= pd.Timestamp(first)) & (frame["start"] < pd.Timestamp(after_last))
    return frame[inside]
