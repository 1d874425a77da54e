"""The contact-level simulator."""

from staffing.simulation.simulate import simulate

__all__ = ["simulate"]
