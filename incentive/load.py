"""The load in which each agent's results came about."""

import pandas as pd

from incentive.assess import Assessment


def load_by_agent(found: Assessment, measure: str) -> pd.DataFrame:
    """Median load around an agent's valid contacts of a share or a level, with what was observed and expected.

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
    load = pd.Series(found.evidence.around.load[result.kept]).groupby(result.rows.agent).median()
    own = result.agents.loc[load.index, ["contacts", "observed", "expected"]]
    return own.assign(agent=log.agents[load.index], load=load)[columns].reset_index(drop=True)
