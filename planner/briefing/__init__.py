"""Briefings and quizzes: when they are held, who attended and passed, and what follows for the desk."""

from planner.briefing.follow import Again, certified, invited, pending, settled
from planner.briefing.listed import read_list
from planner.briefing.session import sessions_of
from planner.briefing.standing import standing, uninvited

__all__ = ["Again", "certified", "invited", "pending", "read_list", "sessions_of", "settled", "standing", "uninvited"]
