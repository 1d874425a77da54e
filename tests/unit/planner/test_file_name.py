"""No id of an agent leads out of its folder, or onto another's file."""

import unicodedata

import pytest

from planner.output.file_name import file_names

NASTY = ["../x", "..", ".", "", "/etc/passwd", "a\\b", "C:x", "CON", "con.txt", "nul", "COM1", "x\x00y", "x\ny", " x",
         "x.", "-rf", "a" * 500, "ｆｕｌｌ", "é", "e\u0301", "A", "a", "张三", "a|b", "\ud800"]  # fmt: skip


def test_names_are_safe_and_distinct() -> None:
    """Every name is one plain component, short, and differs from the others even where case is ignored."""
    names = file_names(NASTY)
    assert len(names) == len(set(NASTY))
    folded = {unicodedata.normalize("NFKC", name).casefold() for name in names.values()}
    assert len(folded) == len(names)
    for name in names.values():
        assert not set(name) & set('/\\:*?"<>|\0\n')
        assert name not in {"", ".", ".."}
        assert not name.startswith((".", "-", " "))
        assert len(name.encode()) <= 120


@pytest.mark.parametrize("own", ["a1", "A-7", "agent_12", "张三", "x.y"])
def test_plain_ids_keep_their_name(own: str) -> None:
    """A harmless id is its own file name."""
    assert file_names([own]) == {own: own}


def test_order_does_not_matter() -> None:
    """The same ids give the same names, however they are sorted."""
    assert file_names(NASTY) == file_names(reversed(NASTY))
