"""Answers to why: what is impossible and what mends it; why this shift and what another one would cost."""

from scheduler.explain.conflict import Conflict, Cure
from scheduler.explain.impossible import explain
from scheduler.explain.why import Alternative, Why, why

__all__ = ["Alternative", "Conflict", "Cure", "Why", "explain", "why"]
