"""The rest of a horizon planned anew by what has come: what has begun stays, changes are priced."""

from planner.rest.came import Came, came_until
from planner.rest.replan import Rest, replan

__all__ = ["Came", "Rest", "came_until", "replan"]
