"""A promotion under way that proves unlike those before it: what it has of its own, slot by slot."""

from dataclasses import replace

import numpy as np

from forecast.event import Phase, day_effects
from forecast.outlook import Outlook
from forecast.queue import QueueModel
from forecast.series import Bools, Floats, Ints
from forecast.sight import Sights
from forecast.unlike import LEAST_LEFT

FELT = 0.3
"""A phase is under way where it is felt this strongly in what was seen."""


def under_way(model: QueueModel, ahead: Outlook, day: Ints, share: Floats) -> Floats:
    """How strongly promotions that are felt in what was seen are felt in every slot of ``ahead``.

    Parameters
    ----------
    day, share : of each sight its place among the days, and the part of it that each slot has.

    Returns
    -------
    Array of shape (source, day, slot): half of the variance by the phases of a promotion together, half by each phase
    that was seen. From the slot on in which a phase begins it is 1 at intensity 1; after its end as much of it as the
    inquiries still are the promotion's.
    """
    phases = [own for own in model.setting.phases if own.intensity > 0]
    felt = np.array([_felt(own, ahead) for own in phases]).reshape(len(phases), *ahead.weights.shape)
    seen = (np.einsum("kns,ns->kn", felt[:, day], share) >= FELT).any(axis=1)
    of = np.array([own.promotion for own in phases])
    together = [felt[of == name].max(axis=0) for name in dict.fromkeys(of[seen])]
    return np.asarray(np.sqrt(0.5) * np.array([*felt[seen], *together]).reshape(-1, *ahead.weights.shape))


def heard(own: Sights, ahead: Outlook) -> Bools:
    """Sights of which a promotion may be the cause: not less than half of what would have come without any."""
    factor = np.maximum((own.share * (ahead.promotion * ahead.drivers)[own.day]).sum(axis=1), 1.0)
    return np.asarray(own.count * factor >= LEAST_LEFT * own.expected)


def stretches(model: QueueModel, ahead: Outlook) -> Ints:
    """How many phases have begun or ended before each slot of ``ahead``, shape (day, slot)."""
    ends = sorted(end for own in model.setting.phases if own.intensity > 0 for end in (own.start_d, own.end_d))
    return np.asarray(np.searchsorted(ends, _moments(ahead)))


def _moments(ahead: Outlook) -> Floats:
    """The middle of every slot, in days since the history's first."""
    slots = ahead.weights.shape[1]
    return np.asarray(ahead.days[:, None] + (np.arange(slots) + 0.5) / slots)


def _felt(phase: Phase, ahead: Outlook) -> Floats:
    """Strength of one phase in every slot of the days ahead."""
    whole = day_effects((replace(phase, begun=1.0),), int(ahead.days[-1]) + 1).strength[0, ahead.days]
    moment = _moments(ahead)
    left = np.where(moment < phase.end_d, 1.0, np.clip(1 - 1 / np.maximum(ahead.promotion, 1e-9), 0.0, 1.0))
    return np.asarray(whole[:, None] * (moment >= phase.start_d) * left)
