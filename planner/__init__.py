"""Use cases, where the stages meet: plan a desk, write and read its output, and the command line."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.output.read import read_output
    from planner.planned import Planned
    from planner.recipe import plan

__all__ = ["Planned", "plan", "read_output"]


def __getattr__(name: str) -> Any:
    """Each of them when it is asked for: the command line and the pages begin without the stages."""
    from importlib import import_module

    places = {"Planned": "planner.planned", "plan": "planner.recipe", "read_output": "planner.output.read"}
    if name not in places:
        raise AttributeError(name)
    return getattr(import_module(places[name]), name)
