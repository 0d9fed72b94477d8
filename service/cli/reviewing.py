"""draft findings, accept, plan, unplan, publish-due: what a draft breaks, and publishing at a set hour."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from admin.accounts.verbs import check_may
from catalog.registry import KINDS
from catalog.releases.drafts import find_draft
from catalog.releases.planning import plan, publish_due, unplan
from catalog.releases.reviewing_acceptance import accept, find_findings
from catalog.releases.reviewing_steps import judged
from catalog.temporal import format_instant
from service.cli.base import (
    INSTANT,
    REFUSED,
    acting_option,
    check_actor,
    echo,
    json_option,
    now,
    open_catalogue,
    print_json,
    tell,
)


@click.command()
@click.argument("draft_id", metavar="ID")
@json_option
def findings(draft_id: str, as_json: bool) -> None:
    """What a draft breaks: errors to correct, warnings to accept; exit 1 while any is left."""
    with open_catalogue().reading() as session:
        state = judged(session, KINDS, find_draft(session, draft_id))
    found = [_finding(one, state.accepted.get(one.fingerprint)) for one in state.findings]
    if as_json:
        print_json({"errors": len(state.errors), "unsettled": len(state.unsettled), "findings": found})
    for one in [] if as_json else found:
        settled = f" (accepted: {one['accepted']})" if one["accepted"] else ""
        echo(f"{one['severity']:<8} {one['rule']} {one['kind']} {one['code'] or '-'}: {one['message']}{settled}")
    if state.errors or state.unsettled:
        tell(f"{len(state.errors)} errors, {len(state.unsettled)} warnings to accept.")
        click.get_current_context().exit(REFUSED)


def _finding(found: Any, accepted: Any) -> dict[str, Any]:
    violation = found.violation.as_dict()
    names = ("rule", "severity", "code", "field", "value", "message", "remedy", "row")
    return {"kind": found.kind, **{name: violation[name] for name in names}, "accepted": accepted and accepted.reason}


@click.command(name="accept")
@click.argument("draft_id", metavar="ID")
@acting_option
@click.option("--rule", required=True, metavar="RULE", help="Whose warnings, as `draft findings` names it.")
@click.option("--reason", required=True, help="Why they stand.")
def accept_(draft_id: str, who: str, rule: str, reason: str) -> None:
    """Accept the warnings of a rule, with a reason; void once the draft changes. Errors cannot be accepted."""
    with open_catalogue().writing() as session:
        row = find_draft(session, draft_id)
        # An author says why their figures stand; of another's draft, whoever settles violations does.
        check_actor(session, who, "write drafts" if who.casefold() == row.author.casefold() else "settle violations")
        found = find_findings(session, KINDS, row)
        done = accept(session, row, found, rule=rule, reason=reason, by=who, at=now())
    echo(f"{sum(one.covered for one in done)} warnings of {rule} are accepted.")


@click.command(name="plan")
@click.argument("draft_id", metavar="ID")
@acting_option
@click.option("--at", "hour", required=True, type=INSTANT, help="When to publish it.")
def plan_(draft_id: str, who: str, hour: datetime) -> None:
    """Set the hour at which an approved draft is published, as it stands."""
    with open_catalogue().writing() as session:
        check_actor(session, who, "publish")
        row = find_draft(session, draft_id)
        plan(session, KINDS, row, publish_at=hour, by=who, at=now())
    echo(f"Draft {row.id} is to be published at {format_instant(hour)}.")


@click.command(name="unplan")
@click.argument("draft_id", metavar="ID")
@acting_option
def unplan_(draft_id: str, who: str) -> None:
    """Take a planned publication back."""
    with open_catalogue().writing() as session:
        check_actor(session, who, "publish")
        row = find_draft(session, draft_id)
        unplan(session, row, by=who, at=now())
    echo(f"Draft {row.id} is no longer to be published by itself.")


@click.command(name="publish-due")
def publish_due_() -> None:
    """Publish what is planned and due; for a timer. Exit 1 when a draft was refused, which its page then tells."""
    catalogue = open_catalogue()
    with catalogue.reading():
        outcomes = publish_due(
            catalogue.engine, KINDS, at=now(), may=lambda session, who: check_may(session, who, "publish")
        )
    for outcome in outcomes:
        if outcome.refusal is None:
            echo(f"Draft {outcome.draft} is published as release {outcome.release}.")
        else:
            tell(f"Draft {outcome.draft} was not published: {outcome.refusal}")
    if any(outcome.release for outcome in outcomes):
        catalogue.refresh()
    if any(outcome.refusal for outcome in outcomes):
        click.get_current_context().exit(REFUSED)


COMMANDS = (findings, accept_, plan_, unplan_, publish_due_)
"""What ``amo-catalog draft`` has beside the steps themselves."""
