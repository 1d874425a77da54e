"""Money as people read it."""

from views.incentive.shown import Shown


def money_words(amount: float, own: Shown) -> str:
    """An amount in the currency of a scoring."""
    return f"{amount:,.2f} {own.currency}".strip()
