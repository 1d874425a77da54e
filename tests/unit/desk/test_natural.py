"""Names with numbers in the order in which people read them."""

import pandas as pd

from desk.natural import natural, natural_rank


def test_numbers_in_names_count_as_numbers() -> None:
    """S2 stands before S10; letters, leading zeros, other scripts and bare numbers have their place in every order."""
    names = ["S10", "S2", "s1", "S01", "S1", "10", "9", "客服12", "客服3", "", "A1B10", "A1B9", "1" * 60, "٣", "²"]
    wanted = ["", "9", "10", "A1B9", "A1B10", "S01", "S1", "S2", "S10", "s1", "客服3", "客服12"]
    ordered = sorted(names, key=natural)
    assert [name for name in ordered if name in wanted] == wanted
    names.reverse()
    assert sorted(names, key=natural) == ordered


def test_frames_are_sorted_by_rank() -> None:
    """Texts by their natural order, other columns as they are, blanks last."""
    frame = pd.DataFrame({"agent": ["S10", "S2", None, "S2"], "day": [1, 2, 0, 1]})
    assert frame.sort_values(["agent", "day"], key=natural_rank)["day"].tolist() == [1, 2, 1, 0]
