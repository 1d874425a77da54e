"""What the headcounts of a shift lose with one fewer on it."""

from scheduler.board import Board
from scheduler.explain.scene import Scene


def missed(scene: Scene, board: Board, day: int, shift: str) -> float:
    """Currency by which headcounts of the shift, or absences that it absorbs, get dearer with one fewer on it."""
    heads = board.on_shift.get((day, shift), 0)
    own = [cover for cover in scene.demand.shift_cover if (cover.day, cover.shift) == (day, shift)]
    return sum(cover.cost(heads - 1) - cover.cost(heads) for cover in own)
