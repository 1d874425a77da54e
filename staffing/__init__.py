"""Staffing: what a number of agents is worth, by formula and by simulation."""

from staffing.concurrency import chat
from staffing.correction import comparison, correct_curves
from staffing.curves import staffing_curves
from staffing.erlang import erlang_a, erlang_b, erlang_c, ln_erlang_b
from staffing.minimum import min_agents, min_agents_blocking
from staffing.patience import mean_patience_s
from staffing.predict import Known, predict_service
from staffing.proven import proven_agents
from staffing.requirement import required_agents
from staffing.service import Service
from staffing.simulation import simulate
from staffing.survival import Survival

__all__ = [
    "Known",
    "Service",
    "Survival",
    "chat",
    "comparison",
    "correct_curves",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "ln_erlang_b",
    "mean_patience_s",
    "min_agents",
    "min_agents_blocking",
    "predict_service",
    "proven_agents",
    "required_agents",
    "simulate",
    "staffing_curves",
]
