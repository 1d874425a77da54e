"""Terms of the cost account in words."""

from desk.i18n import catalogue


def cost_words(term: str, lang: str) -> str:
    """The words of a term such as ``wages`` or ``service.presale``; the term itself where the catalogue has none."""
    kind, _, queue = term.partition(".")
    template = catalogue(lang).get(f"chart.cost.{kind}")
    return term if template is None else template.format_map({"queue": queue})
