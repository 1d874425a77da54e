"""What a person may do with a plan, and in words why not."""

from dataclasses import dataclass

import streamlit as st

from desk.i18n import text
from store import PlanVersion, Principal, allowed
from views.markdown import plain

_FINAL = ("published", "archived")
_ACTIONS = {
    "edit": "duty.edit",
    "write": "plan.write",
    "job": "job.submit",
    "sign": "sign.write",
    "status": "plan.status",
    "fault": "fault.write",
    "settle": "plan.write",
}
_WHILE_OPEN = ("edit", "sign", "fault")


@dataclass(frozen=True, slots=True)
class Stored:
    """A plan of the store on a page, and who looks."""

    version: PlanVersion
    principal: Principal
    lang: str

    def refusal(self, what: str) -> str:
        """Why the principal may not do ``what`` (a key of the actions); empty where they may."""
        if what in _WHILE_OPEN and self.version.status in _FINAL:
            status = text(f"view.plan.status.{self.version.status}", self.lang)
            return text("view.roster.refused.final", self.lang, status=status)
        if not allowed(self.principal, _ACTIONS[what]):
            role = text(f"view.roster.role.{self.principal.role}", self.lang)
            return text(f"view.roster.refused.{what}", self.lang, role=role)
        return ""

    def may(self, what: str) -> bool:
        """Whether the principal may do ``what``; where not, the reason is drawn."""
        words = self.refusal(what)
        if words:
            st.info(plain(words))
        return not words
