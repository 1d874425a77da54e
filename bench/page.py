"""Puts what a bench measured into docs/accuracy.md, between its marks."""

import re
from pathlib import Path

import pandas as pd

PAGE = Path(__file__).resolve().parents[1] / "docs" / "accuracy.md"


def put(mark: str, tables: dict[str, pd.DataFrame], page: Path = PAGE) -> None:
    """Replace what stands between ``<!-- mark -->`` and ``<!-- end -->`` by ``tables``, each under its title."""
    body = "\n\n".join(f"**{title}**\n\n{markdown(frame)}" for title, frame in tables.items())
    pattern = re.compile(rf"(<!-- {mark} -->\n)(?:.*?\n)??(<!-- end -->)", re.DOTALL)
    text = page.read_text(encoding="utf-8")
    if not pattern.search(text):
        raise ValueError(f"{page.name} has no mark {mark}")
    page.write_text(pattern.sub(lambda found: f"{found[1]}\n{body}\n\n{found[2]}", text), encoding="utf-8")


def markdown(frame: pd.DataFrame) -> str:
    """The frame as a table, numbers flush right."""
    number = [pd.api.types.is_numeric_dtype(kind) for kind in frame.dtypes]
    lines = ["| " + " | ".join(map(str, frame.columns)) + " |"]
    lines.append("| " + " | ".join("--:" if own else "---" for own in number) + " |")
    lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in frame.itertuples(index=False)]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    if pd.isna(value):
        return ""
    return f"{value:.0f}" if value == round(value) and abs(value) >= 10 else f"{value:.3g}"
