"""The load in which each agent's results came about."""

import numpy as np
import pandas as pd

from incentive.assess import Assessment
from incentive.log import total_by


def load_by_agent(found: Assessment, measure: str) -> pd.DataFrame:
    """Mean load around an agent's valid contacts of a share or a level, with what was observed and expected.

    Returns
    -------
    One row per agent with such contacts: agent, contacts, load, observed, expected; empty where the measure was not
    worked out from contacts.
    """
    columns = ["agent", "contacts", "load", "observed", "expected"]
    result = next((own for own in found.results if own.measure.name == measure and len(own.kept)), None)
    if result is None:
        return pd.DataFrame(columns=columns)
    log = found.evidence.log
    size = len(log.agents)
    load = found.evidence.around.load[result.kept]
    count, whole = (total_by(result.rows.agent, own, size) for own in (np.ones(len(load)), load))
    seen = count > 0
    table = result.agents.loc[seen, ["contacts", "observed", "expected"]].reset_index(drop=True)
    return table.assign(agent=log.agents[seen], load=whole[seen] / count[seen])[columns]
