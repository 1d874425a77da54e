"""What one more of something would be worth to a finished plan, and what of it could be offered to volunteers."""

from scheduler.marginal.offers import offers
from scheduler.marginal.values import marginal_values

__all__ = ["marginal_values", "offers"]
