"""Money: how finely a currency can be paid, and amounts as people read them."""

CENTS = 100
"""Smallest units in one of a currency that is not listed."""
_DIGITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
"""Decimals of the currencies that have no hundredths. Source: ISO 4217, column minor unit."""
_KNOWN = {code: digits for digits, codes in _DIGITS.items() for code in codes.split()}


def digits(currency: str) -> int:
    """Decimals of an amount, by the currency's ISO code: 0 for JPY or KRW, 3 for KWD; 2 where nothing else is known."""
    return _KNOWN.get(currency.strip().upper(), 2)


def smallest(currency: str) -> int:
    """How many of its smallest units one of a currency has: 100 cents, 1 yen."""
    return int(10 ** digits(currency))


def amount_words(amount: float, currency: str, sign: str = "") -> str:
    """An amount to its currency's smallest unit, without its name; ``sign`` ``+`` shows a plus, too."""
    return f"{amount:{sign},.{digits(currency)}f}"


def money_words(amount: float, currency: str, sign: str = "") -> str:
    """The same with the currency's name."""
    return f"{amount_words(amount, currency, sign)} {currency}".strip()
