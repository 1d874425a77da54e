"""What promotions do to visits, orders and questions, interval by interval."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from data.clock import Floats, Grid
from data.world import Phase, Promotion, World


@dataclass(frozen=True, slots=True)
class Lift:
    """Factors per interval."""

    visits: Floats
    conversion: Floats
    contact: Floats


@dataclass(frozen=True, slots=True)
class Window:
    """One phase of one promotion with its times."""

    promotion: Promotion
    phase: str
    start: datetime
    end: datetime


def windows(promotions: list[Promotion]) -> Iterator[Window]:
    """Every phase of every promotion."""
    for promotion in promotions:
        ends = [*list(promotion.phases.values())[1:], promotion.end]
        for (phase, start), end in zip(promotion.phases.items(), ends, strict=True):
            yield Window(promotion, phase, start, end)


def lift(world: World, grid: Grid) -> Lift:
    """The factors of all promotions on ``grid``; 1 outside them."""
    size = len(grid.starts)
    own = Lift(np.ones(size), np.ones(size), np.ones(size))
    for window in windows(world.promotions):
        inside = grid.inside(window.start, window.end)
        kind = world.phases[window.phase]
        hours = grid.hours_since(window.start)[inside]
        strength = window.promotion.intensity
        own.visits[inside] = 1 + (visit_factor(kind, hours, grid.step_h) - 1) * strength
        own.conversion[inside] = 1 + (kind.conversion - 1) * strength
        own.contact[inside] = 1 + (kind.contact - 1) * strength
    return own


def visit_factor(kind: Phase, hours: Floats, step_h: float) -> Floats:
    """Mean factor over intervals that begin ``hours`` after the phase's start: level plus decaying surges."""
    factor = np.full(len(hours), kind.visits)
    for after_h, height, decay_h in kind.surges:
        since = hours - after_h
        mean = decay_h / step_h * (1 - np.exp(-step_h / decay_h)) * np.exp(-np.maximum(since, 0) / decay_h)
        factor += np.where(since >= 0, height * mean, 0.0)
    return factor
