"""Corrected contacts: what may be corrected, how it is written, and the log that comes of it."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from desk import Desk, Finding, InputError
from desk.load import judge_table
from desk.tables import table
from desk.write.folder import safe_texts

CORRECTABLE = (
    *("assigned", "first_reply", "closed", "abandoned", "template_reply", "converted", "ordered", "paid"),
    *("order_value", "refunded", "refunded_at"),
    *("rating", "rating_asked_by", "average_reply_s", "questions", "answers", "ended_by", "transferred"),
)
"""Columns of a contact that an appeal may correct. Who took it is not among them: a contact that was somebody else's
is taken out."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrected contact; it holds nothing that says whose it was.

    Parameters
    ----------
    contact : its id.
    values : column -> the right value as a file would have it; blank = there is none.
    excluded : whether the contact does not count at all.
    """

    contact: str
    values: Mapping[str, str] = field(default_factory=dict)
    excluded: bool = False

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(replace(self, values=dict(self.values)))


def correction_of(record: Mapping[str, Any]) -> Correction:
    """The inverse of :meth:`Correction.record`."""
    return Correction(str(record["contact"]), dict(record["values"]), bool(record["excluded"]))


def corrected_row(desk: Desk, row: pd.DataFrame, correction: Correction) -> pd.DataFrame:
    """The record (one row of table ``contacts``) with its corrections, checked as if it had come in a file.

    Raises
    ------
    InputError : there is no such record, nothing is corrected, or what is put in can't be.
    """
    if row.empty:
        raise InputError([Finding("appeal_no_record", value=correction.contact)])
    if not correction.values and not correction.excluded:
        raise InputError([Finding("correction_empty", value=correction.contact)])
    wrong = sorted(set(correction.values) - set(CORRECTABLE))
    if wrong:
        raise InputError([Finding("correction_column", column=wrong[0], facts={"known": ", ".join(CORRECTABLE)})])
    texts = safe_texts(row[[name for name in row if name in table("contacts").columns]], "contacts")
    texts = texts.assign(**dict(correction.values))
    with tempfile.TemporaryDirectory(prefix="peakdesk-") as folder:
        file = Path(folder) / f"{_FILE}.csv"
        texts.to_csv(file, index=False, encoding="utf-8")
        read, findings = judge_table(desk, "contacts", file)
    if read is None:
        raise InputError(replace(own, file=correction.contact, row=None) for own in findings)
    return read


_FILE = "record"


def corrected_log(desk: Desk, contacts: pd.DataFrame, corrections: Sequence[Correction]) -> pd.DataFrame:
    """The log with the corrections made one after the other.

    Raises
    ------
    InputError : one of them is of no contact of the log, or can't be.
    """
    from incentive.appeal import with_corrections, without

    for own in corrections:
        if own.excluded:
            contacts = without(contacts, (own.contact,))
        else:
            contacts = with_corrections(contacts, _changed(desk, contacts, own))
    return contacts


def _changed(desk: Desk, contacts: pd.DataFrame, own: Correction) -> pd.DataFrame:
    """The contact and the columns that are corrected."""
    row = corrected_row(desk, contacts[contacts["contact"] == own.contact], own)
    return row[["contact", *own.values]]
