"""Whatever is done to a desk's files, the loader answers with a desk or with findings in words."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk import Desk, InputError, load_desk, write_folder
from tests.unit.desk.small import SETTINGS, TABLES, make_desk

FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
DATES = ("", "2026-02-30", "2025-10-26 02:30", "9999-12-31", "24:00", "06:00+1", "2026-06-01T00:00Z")
NUMBERS = ("NaN", "-1", "1e400", "9" * 30, "９", "#N/A")
NAMES = ("OFF", "|", "A1|A2", "=1", "'", '"', '""', ",", "\n", ";", "{x}", "\u202e", "M", "pre")
CELLS = st.sampled_from(DATES + NUMBERS + NAMES)


def load_or_findings(path: Path) -> Desk | None:
    """The desk, or None where it is refused; its findings all have words, else this fails with a KeyError."""
    try:
        return load_desk(path)
    except InputError as refused:
        for lang in ("en", "zh"):
            refused.report(lang)
        return None


@FEW
@given(table=st.sampled_from(sorted(TABLES)), row=st.integers(0, 3), column=st.integers(0, 3), cell=CELLS)
def test_any_cell_may_be_anything(tmp_path: Path, table: str, row: int, column: int, cell: str) -> None:
    """One cell replaced by anything gives a desk or findings, never a traceback."""
    rows = [line.split(",") for line in TABLES[table].strip().splitlines()]
    chosen = rows[row % len(rows)]
    chosen[column % len(chosen)] = cell
    load_or_findings(make_desk(tmp_path, **{table: "\n".join(",".join(cells) for cells in rows) + "\n"}))


@FEW
@given(table=st.sampled_from(sorted(TABLES)), raw=st.binary(max_size=200), at=st.integers(0, 300))
def test_any_bytes_may_stand_anywhere(tmp_path: Path, table: str, raw: bytes, at: int) -> None:
    """Bytes thrown into a file give a desk or findings, never a traceback."""
    folder = make_desk(tmp_path)
    text = TABLES[table].lstrip().encode()
    (folder / f"{table}.csv").write_bytes(text[:at] + raw + text[at:])
    load_or_findings(folder)


@FEW
@given(raw=st.text(max_size=60), at=st.integers(0, len(SETTINGS)))
def test_any_text_may_stand_in_the_settings(tmp_path: Path, raw: str, at: int) -> None:
    """The same for desk.toml."""
    load_or_findings(make_desk(tmp_path, SETTINGS[:at] + raw.replace("\r", "") + SETTINGS[at:]))


@pytest.fixture(scope="module")
def as_written(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The hash of the desk with its rows as they are written."""
    return load_desk(make_desk(tmp_path_factory.mktemp("desk"))).content_hash


@FEW
@given(random=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(as_written: str, tmp_path: Path, random: object) -> None:
    """A table sorted by another column is the same table."""
    turned = {}
    for name, text in TABLES.items():
        header, *rows = text.strip().splitlines()
        random.shuffle(rows)  # type: ignore[attr-defined]
        turned[name] = "\n".join([header, *rows]) + "\n"
    assert load_desk(make_desk(tmp_path, **turned)).content_hash == as_written


@FEW
@given(
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Paris", "America/St_Johns", "UTC"]),
    first=st.dates(pd.Timestamp("2024-01-01").date(), pd.Timestamp("2026-06-01").date()),
    counts=st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=2, max_size=80),
)
def test_any_history_survives_writing(tmp_path: Path, zone: str, first: object, counts: list[int | None]) -> None:
    """Counts, closed hours and nights of a clock change come back from a folder as they went in."""
    starts = pd.date_range(pd.Timestamp(str(first), tz=zone), periods=len(counts), freq="h")
    history = pd.DataFrame(
        {
            "start": starts.strftime("%Y-%m-%d %H:%M:%S%z"),
            "queue": "pre",
            "offered": [str(count) if count is not None else "" for count in counts],
            "open": [int(count is not None) for count in counts],
        }
    )
    toml = SETTINGS.replace("Asia/Shanghai", zone)
    desk = load_desk(make_desk(tmp_path / "given", toml, only=("shifts",), history=history.to_csv(index=False)))
    write_folder(desk, tmp_path / "written")
    assert load_desk(tmp_path / "written").content_hash == desk.content_hash
