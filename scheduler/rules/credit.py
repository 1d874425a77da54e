"""What leave counts towards minimum hours."""

from scheduler.facts import Agent


def leave_credit_h(agent: Agent, days: range) -> float:
    """Hours credited for the days of leave among ``days``."""
    return agent.contract.leave_credit_h * sum(day in agent.leave for day in days)
