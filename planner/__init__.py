"""Use cases, where the stages meet: plan a desk, write and read its output, and the command line."""

from planner.output.read import read_output
from planner.planned import Planned
from planner.recipe import plan

__all__ = ["Planned", "plan", "read_output"]
