"""Amounts in the unit that their currency can be paid in."""

import pytest

from desk.currency import money_words, smallest


@pytest.mark.parametrize(
    ("currency", "units", "words"),
    [("CNY", 100, "1,234.50 CNY"), ("krw", 1, "1,234 krw"), ("KWD", 1000, "1,234.500 KWD"), ("", 100, "1,234.50")],
)
def test_an_amount_has_the_decimals_of_its_currency(currency: str, units: int, words: str) -> None:
    """Won have no hundredths, dinars have thousandths; of a name that nobody knows, hundredths."""
    assert smallest(currency) == units
    assert money_words(1234.5, currency) == words
