"""What is drawn for one world, before it is cut into tables."""

from dataclasses import dataclass

import pandas as pd

from data.clock import Grid
from data.demand import Demand
from data.lift import Lift
from data.people import Staff
from data.traffic import Traffic
from data.world import World
from desk.settings import Settings


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything drawn for one world; ``history`` covers the horizon too."""

    world: World
    settings: Settings
    seed: int
    grid: Grid
    lifted: Lift
    moved: Traffic
    demands: dict[str, Demand]
    history: pd.DataFrame
    shifts: pd.DataFrame
    people: Staff
