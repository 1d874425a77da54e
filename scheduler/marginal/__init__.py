"""What one more of something would be worth to a finished plan."""

from scheduler.marginal.values import marginal_values

__all__ = ["marginal_values"]
