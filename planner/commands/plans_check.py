"""``peakdesk plans checks|fault|settle|sign|publish|archive``: the check before publishing, and what follows."""

import click

from desk.i18n import text
from planner.commands.acting import Acting, acting
from planner.commands.plans import head, record_of
from planner.commands.plans_edit import plans
from planner.page.layout import columns
from planner.terminal.answer import Answer
from planner.terminal.command import command, option
from planner.terminal.session import Session
from planner.verdict import Exit

__all__ = ["plans"]
_STEPS = ("setter", "second", "peer", "other")


@command("checks", of=plans)
@click.argument("plan", metavar="PLAN")
@option("--renew", is_flag=True)
@option("who", "--as", metavar="WHO")
@option("--store", metavar="URL")
def checks(session: Session, plan: str, renew: bool, who: str | None, store: str | None) -> Answer:
    """What the people who sign are to look at; made from the plan as it stands where there is none yet: each hard rule
    that is broken is then an error to be settled, as on the page.
    """
    from planner.sign_off import check_words, lay_down_checks
    from planner.sign_off.breach import report_errors
    from store import list_faults, read_checks

    own, lang = acting(store, who), session.lang()
    key = own.plan(plan).hash
    found = () if renew else read_checks(own.store, own.principal, key)
    if not found:
        found = lay_down_checks(own.store, own.principal, key)
        report_errors(own.store, own.principal, key, found, lang)
    open_ = [fault for fault in list_faults(own.store, own.principal, key) if fault.settled_at is None]
    rows = [
        [str(one.id), text(f"planner.plans.severity.{one.severity}", lang), check_words(one, lang)] for one in found
    ]
    severe = any(one.severity == "error" for one in found)
    told = [text("planner.plans.fault", lang, id=one.id, who=one.finder, words=one.words) for one in open_]
    settled = ["", *told, text("planner.plans.settle_first", lang)] if told else []
    record = {"plan": key, "checks": [{"check": one, "words": check_words(one, lang)} for one in found]}
    page = "\n".join([*columns(rows), *settled])
    return Answer(page, record | {"open": open_}, Exit.NEEDS_EYES if severe or told else Exit.DONE)


@command("fault", of=plans)
@click.argument("plan", metavar="PLAN")
@click.argument("words", metavar="WORDS")
@option("--check", type=int, metavar="NUMBER", words="of_check")
@option("--agent", metavar="AGENT", words="of_agent")
@option("who", "--as", metavar="WHO")
@option("--store", metavar="URL")
def fault(
    session: Session,
    plan: str,
    words: str,
    check: int | None,
    agent: str | None,
    who: str | None,
    store: str | None,
) -> Answer:
    """Report an error in a plan, in one's name; nothing is published before it is settled."""
    from store import report_fault

    own = acting(store, who)
    found = report_fault(own.store, own.principal, own.plan(plan).hash, words, check=check, agent=agent)
    page = text("planner.plans.fault", session.lang(), id=found.id, who=found.finder, words=found.words)
    return Answer(page, {"fault": found})


@command("settle", of=plans)
@click.argument("number", metavar="NUMBER", type=int)
@option("--why", default="", metavar="WORDS")
@option("who", "--as", metavar="WHO")
@option("--store", metavar="URL")
def settle(session: Session, number: int, why: str, who: str | None, store: str | None) -> Answer:
    """Tell that a reported error is mended, or is none."""
    from store import settle_fault

    own = acting(store, who, why)
    found = settle_fault(own.store, own.principal, number, why)
    return Answer(text("planner.plans.settled", session.lang(), id=found.id, who=found.settled_by), {"fault": found})


@command("sign", of=plans)
@click.argument("plan", metavar="PLAN")
@click.argument("step", metavar="STEP", type=click.Choice(_STEPS))
@option("--why", default="", metavar="WORDS")
@option("who", "--as", metavar="WHO")
@option("--store", metavar="URL")
def sign(session: Session, plan: str, step: str, why: str, who: str | None, store: str | None) -> Answer:
    """Answer for a step with one's name: setter, second, peer, other."""
    from store import next_step, sign_plan

    own, lang = acting(store, who, why), session.lang()
    key = own.plan(plan).hash
    made = sign_plan(own.store, own.principal, key, step, why)
    due = next_step(own.store, own.principal, key)
    told = {"step": text(f"planner.plans.step.{step}", lang), "who": made.who, "at": made.at}
    lines = [text("planner.plans.signed", lang, **told)]
    lines += [text("planner.plans.due", lang, step=text(f"planner.plans.step.{due}", lang))] if due else []
    return Answer("\n".join(lines), {"plan": key, "signature": made, "next_step": due})


@command("publish", of=plans)
@click.argument("plan", metavar="PLAN")
@option("--why", default="", metavar="WORDS")
@option("who", "--as", metavar="WHO")
@option("--store", metavar="URL")
def publish(session: Session, plan: str, why: str, who: str | None, store: str | None) -> Answer:
    """Show a signed plan to everybody in it."""
    from store import publish_plan

    own = acting(store, who, why)
    key = own.plan(plan).hash
    publish_plan(own.store, own.principal, key, why)
    return _stands(own, key, session.lang())


@command("archive", of=plans)
@click.argument("plan", metavar="PLAN")
@option("--why", default="", metavar="WORDS")
@option("who", "--as", metavar="WHO")
@option("--store", metavar="URL")
def archive(session: Session, plan: str, why: str, who: str | None, store: str | None) -> Answer:
    """Put a plan away; it stays as it is."""
    from store import archive_plan

    own = acting(store, who, why)
    key = own.plan(plan).hash
    archive_plan(own.store, own.principal, key, why)
    return _stands(own, key, session.lang())


def _stands(own: Acting, plan: str, lang: str) -> Answer:
    from store import read_plan

    version = read_plan(own.store, own.principal, plan)
    return Answer(text("planner.plans.head", lang, **head(version, lang)), record_of(version))
