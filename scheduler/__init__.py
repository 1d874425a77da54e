"""Rosters and duty: who works which shift and takes which queue when, at what cost, and how good that provably is."""

from scheduler.audit import audit
from scheduler.make import make_roster

__all__ = ["audit", "make_roster"]
