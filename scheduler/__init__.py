"""Rosters and duty: who works which shift and takes which queue when, at what cost, and how good that provably is."""

from scheduler.appraise import Appraisal, appraise
from scheduler.audit import audit
from scheduler.explain import Alternative, Conflict, Cure, Why, explain, why
from scheduler.make import make_roster
from scheduler.marginal import marginal_values, offers
from scheduler.price import price
from scheduler.steady import steady

__all__ = [
    "Alternative",
    "Appraisal",
    "Conflict",
    "Cure",
    "Why",
    "appraise",
    "audit",
    "explain",
    "make_roster",
    "marginal_values",
    "offers",
    "price",
    "steady",
    "why",
]
