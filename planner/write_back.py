"""A plan of the store back into an output folder."""

from dataclasses import replace
from pathlib import Path

from planner.kept import load_standing, unpack
from planner.output.layout import refuse_foreign
from planner.output.staging import replacing
from planner.output.write import told_if_unwritable, write_output
from store import Principal, Store, load_plan, read_edits


def write_back(store: Store, principal: Principal, plan: str, out: Path) -> int:
    """Write the files of a stored plan to ``out``: as they were kept, or made anew where the plan was edited since.

    Returns
    -------
    How many edits are in it.

    Raises
    ------
    InputError : there is no such plan, ``out`` can't be written, or holds what is not ours.
    """
    stored = load_plan(store, principal, plan)
    edits = len(read_edits(store, principal, plan))
    if not edits:
        with told_if_unwritable(out), replacing(out) as folder:
            refuse_foreign(out)
            unpack(stored, folder)
        return 0
    planned = load_standing(store, principal, plan)
    standing = replace(planned, plan=replace(planned.plan, status=stored.version.status))
    write_output(standing, out, lang=str(stored.version.summary.get("language", "en")))
    return edits
