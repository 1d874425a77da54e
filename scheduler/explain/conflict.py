"""What an impossible desk is told: demands that clash, and what mends it."""

from dataclasses import dataclass

from desk import Desk, Finding


@dataclass(frozen=True, slots=True)
class Cure:
    """One way to mend a conflict, solved again before it is offered.

    Parameters
    ----------
    finding : its ``cure(lang)`` is the sentence.
    desk : the desk with the cure; whoever accepts it plans with this one.
    cost : currency by which the plan gets dearer (cheaper where negative) with the best line under the cure; None
        where no plan was given.
    weight : how much of an imposition it is.
    """

    finding: Finding
    desk: Desk
    cost: float | None
    weight: float


@dataclass(frozen=True, slots=True)
class Conflict:
    """Demands that can't all be kept, though any of them could if another were given up.

    Parameters
    ----------
    agent : whose; empty where it concerns the desk as a whole.
    demands : a sentence each.
    cures : the cheapest first; any of them is enough.
    code : of the sentence above them.
    """

    agent: str
    demands: tuple[Finding, ...]
    cures: tuple[Cure, ...]
    code: str = ""

    @property
    def finding(self) -> Finding:
        """The conflict as one finding."""
        code = self.code or ("explain_person" if self.agent else "explain_desk")
        return Finding(code, "error", "agents" if self.agent else "desk", value=self.agent, facts={"agent": self.agent})

    def told(self, lang: str = "en") -> list[str]:
        """Sentences: what it is, each demand, each cure."""
        head = f"{self.finding.message(lang)} {self.finding.cure(lang)}" if self.cures else self.finding.message(lang)
        demands = [own.message(lang) for own in self.demands]
        return [head, *(f"  - {own}" for own in demands), *(f"  > {own.finding.cure(lang)}" for own in self.cures)]
