"""A desk as a folder of CSV beside desk.toml."""

from pathlib import Path

import pandas as pd

from desk.formula import guarded, guarded_names
from desk.nouns import Desk
from desk.tables import table
from desk.write.cell_text import text_frame
from desk.write.toml_text import settings_toml

ENCODING = "utf-8-sig"


def write_folder(desk: Desk, path: str | Path) -> None:
    """Write every table that the desk has, and its settings.

    The CSV files begin with a BOM, so that spreadsheets show Chinese; a text that a spreadsheet would compute gets
    a quote before it, which the reader takes off again.

    Parameters
    ----------
    path : a folder; it is made where it does not exist, and files of the same names are replaced.
    """
    folder = Path(path)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "desk.toml").write_text(settings_toml(desk.settings), encoding="utf-8")
    for name, frame in desk.tables.items():
        file, texts = folder / f"{name}.csv", safe_texts(frame, name)
        header = guarded_names(list(texts.columns))
        texts.to_csv(file, index=False, header=header, encoding=ENCODING, lineterminator="\n")


def safe_texts(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """The table's texts, none of them a formula to a spreadsheet."""
    texts = text_frame(frame, name)
    free = [column.name for column in table(name).columns.values() if column.kind in ("id", "text", "list")]
    return texts.assign(**{column: guarded(texts[column]) for column in free if column in texts})
