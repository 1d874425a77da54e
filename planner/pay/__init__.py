"""Incentives in the store: settling a period, projecting a plan's, answering an appeal."""
