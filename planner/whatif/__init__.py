"""What if: the plan under other traffic, other people, other settings, without or with a new roster."""

from planner.whatif.answer import Beside, WhatIf, answer, beside
from planner.whatif.standing import refuse_in_the_midst
from planner.whatif.supposition import Supposition, read_suppositions

__all__ = ["Beside", "Supposition", "WhatIf", "answer", "beside", "read_suppositions", "refuse_in_the_midst"]
