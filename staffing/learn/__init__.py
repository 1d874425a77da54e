"""What a contact log tells of patience, handle time, people and presence, each with its interval."""

from staffing.learn.estimate import Learned, learn
from staffing.learn.patience_fit import PatienceFit, fit_patience
from staffing.learn.waits import Waits, kaplan_meier, waits_of

__all__ = ["Learned", "PatienceFit", "Waits", "fit_patience", "kaplan_meier", "learn", "waits_of"]
