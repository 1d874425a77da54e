"""An appeal: the same program on the same log with corrected records, and what that changes."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
import pandas as pd

from desk import Desk, Finding, InputError
from desk.load.header import closest
from incentive.assess import Assessment, assess
from incentive.measure import measures

COLUMNS = ("agent", "measure", "observed_before", "observed_after", "adjusted_before", "adjusted_after",
           "payout_before", "payout_after", "payout_change")  # fmt: skip
_COMPARED = ("observed", "adjusted", "payout")
_SMALL = 1e-9


@dataclass(frozen=True)
class Appeal:
    """A rerun.

    Parameters
    ----------
    contacts : the log with the corrected records in their places.
    after : its assessment.
    difference : one row per agent and measure that changed: the columns ``COLUMNS``; of the composite, the payout is
        the agent's total.
    """

    contacts: pd.DataFrame
    after: Assessment
    difference: pd.DataFrame


def appeal(
    desk: Desk,
    before: Assessment,
    contacts: pd.DataFrame,
    corrected: pd.DataFrame,
    duty: pd.DataFrame | None = None,
    service: pd.DataFrame | None = None,
    *,
    excluded: Sequence[str] = (),
) -> Appeal:
    """Score the log again with corrected records.

    Parameters
    ----------
    before : the assessment of ``contacts`` that is appealed against.
    corrected : records of table ``contacts``; each replaces the one of its ``contact`` in the columns it holds.
    excluded : contacts that are taken out of the log.

    Raises
    ------
    InputError : a corrected record is of no contact of the log or has what no other has, or the corrected log can't be
        scored.
    """
    refuse_new_columns(_filled(contacts), _filled(corrected))
    whole = without(with_corrections(contacts, corrected), excluded)
    after = assess(desk, whole, duty, service, before=before)
    return Appeal(whole, after, difference(before.scores, after.scores))


def refuse_new_columns(known: AbstractSet[str], corrected: Iterable[str]) -> None:
    """Refuse a value in a column that decides how contacts are judged and in which the log holds nothing: with a first
    reply, an assignment or an order of one contact all others would count as not answered, assigned or sold.

    Parameters
    ----------
    known : columns in which the log holds something; ``corrected`` : those in which the corrected records do.

    Raises
    ------
    InputError
    """
    needed = {name for measure in measures().values() for need in measure.needs for name in need.split("|")}
    if new := sorted((needed | {"assigned"}) & set(corrected) - known):
        raise InputError([Finding("correction_new_column", file="corrected", column=name) for name in new])


def with_corrections(contacts: pd.DataFrame, corrected: pd.DataFrame) -> pd.DataFrame:
    """The log with the corrected records in their places; a column that the log lacks is added.

    Raises
    ------
    InputError : a contact that the log does not have, or one that is corrected twice.
    """
    place = pd.Index(contacts["contact"]).get_indexer(pd.Index(corrected["contact"]))
    findings = [_unknown(contacts, str(name)) for name in corrected["contact"][place < 0]]
    findings += [Finding("contact_twice", file="corrected", column="contact", value=str(name), facts={"count": 1})
                 for name in corrected["contact"][corrected["contact"].duplicated()]]  # fmt: skip
    if findings:
        raise InputError(findings)
    whole = contacts.reset_index(drop=True).copy(deep=False)
    for column in corrected.columns.drop("contact"):
        own = whole[column] if column in whole else pd.Series(index=whole.index, dtype=corrected[column].dtype)
        own = own.copy()
        own.iloc[place] = corrected[column].astype(own.dtype).array
        whole[column] = own
    return whole


def without(contacts: pd.DataFrame, excluded: Sequence[str]) -> pd.DataFrame:
    """The log without some contacts.

    Raises
    ------
    InputError : a contact that the log does not have.
    """
    unknown = [name for name in excluded if not (contacts["contact"] == name).any()]
    if unknown:
        raise InputError(_unknown(contacts, name) for name in unknown)
    return contacts[~contacts["contact"].isin(list(excluded))].reset_index(drop=True) if excluded else contacts


def difference(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """What changed between two tables ``scores``, largest change of money first."""
    both = before.merge(after, on=["agent", "measure"], how="outer", suffixes=("_before", "_after"))
    both["payout_change"] = both["payout_after"].fillna(0.0) - both["payout_before"].fillna(0.0)
    changed = np.zeros(len(both), dtype=bool)
    for name in _COMPARED:
        one, other = (both[f"{name}_{when}"].to_numpy(dtype=np.float64) for when in ("before", "after"))
        changed |= ~np.isclose(one, other, rtol=_SMALL, atol=_SMALL, equal_nan=True)
    own = both.loc[changed, list(COLUMNS)]
    order = own["payout_change"].abs().sort_values(ascending=False, kind="stable").index
    return own.loc[order].reset_index(drop=True)


def _filled(frame: pd.DataFrame) -> set[str]:
    return {str(name) for name in frame if bool(frame[name].notna().any())}


def _unknown(contacts: pd.DataFrame, name: str) -> Finding:
    known = closest(name, [str(one) for one in contacts["contact"].head(1000)])
    return Finding("appeal_unknown_contact", file="corrected", column="contact", value=name, facts={"known": known})
