"""Why an option's value can't be used, in words of ours."""

import click

from desk.i18n import text


def reason(error: click.BadParameter, lang: str) -> str:
    """What the option wants; the program's own words where its kind is none of those that we know."""
    match error.param.type if error.param else None:
        case click.Choice() as kind:
            return text("planner.cli.wanted.choice", lang, choices=", ".join(map(str, kind.choices)))
        case click.DateTime():
            return text("planner.cli.wanted.date", lang)
        case click.IntRange() as kind:
            return text("planner.cli.wanted.whole", lang, edges=_edges(kind, lang))
        case click.FloatRange() as kind:
            return text("planner.cli.wanted.number", lang, edges=_edges(kind, lang))
        case _:
            return error.message


def _edges(kind: click.IntRange | click.FloatRange, lang: str) -> str:
    """Such as ``at least 1, at most 65535``."""
    low, high = ("above" if kind.min_open else "least"), ("below" if kind.max_open else "most")
    edges = [(key, edge) for key, edge in ((low, kind.min), (high, kind.max)) if edge is not None]
    said = [text(f"planner.cli.wanted.{key}", lang, edge=f"{edge:.10g}") for key, edge in edges]
    return text("finding.place_join", lang).join(said)
