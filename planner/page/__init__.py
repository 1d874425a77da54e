"""The one-screen page in which a manager reads a plan."""

from planner.page.summary import summary

__all__ = ["summary"]
