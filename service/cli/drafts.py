"""draft list, show, submit, approve, reject, reopen, rebase, publish."""

from __future__ import annotations

from typing import Any

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.registry import KINDS
from catalog.releases import drafts as verbs
from catalog.releases.models import Draft, Release
from catalog.releases.publishing import publish
from catalog.releases.rebasing import rebase
from catalog.releases.reviewing_steps import approve_judged, publish_judged, submit_judged
from catalog.temporal import DUSK, format_instant
from service.cli.base import (
    INSTANT,
    acting_option,
    check_actor,
    echo,
    json_option,
    now,
    open_catalogue,
    print_json,
    tell,
)


@click.group()
def draft() -> None:
    """The editorial steps: nothing reaches a reader before a second person has approved it."""


@draft.command(name="list")
@click.option("--status", type=click.Choice(["draft", "in_review", "approved", "published", "rejected"]))
@json_option
def list_(status: str | None, as_json: bool) -> None:
    """List the drafts, newest first."""
    query = sa.select(Draft).order_by(Draft.id.desc())
    with open_catalogue().reading() as session:
        found = [_summary(row) for row in session.scalars(query.where(Draft.status == status) if status else query)]
    if as_json:
        print_json(found)
    elif not found:
        tell("There is no draft.")
    else:
        for row in found:
            echo(
                f"{row['id']:>5}  {row['status']:<10} base {row['base_release']:<4} {row['author']:<20} {row['title']}"
            )


def _summary(row: Draft) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "status": row.status,
        "label": row.label,
        "legal_act": row.legal_act,
        "covers": row.covered_kinds,
        "base_release": row.base_seq,
        "author": row.author,
        "created_at": format_instant(row.created_at),
        "approver": row.approver,
        "decided_by": row.decided_by,
        "comment": row.comment,
    }


@draft.command()
@click.argument("draft_id", metavar="ID")
@click.option("--limit", default=50, show_default=True, help="Changes printed as text; --json prints them all.")
@json_option
def show(draft_id: str, limit: int, as_json: bool) -> None:
    """Show a draft and what it proposes."""
    with open_catalogue().reading() as session:
        row = verbs.find_draft(session, draft_id)
        data = _summary(row) | {"changes": [_change(change) for change in verbs.changes_of(session, KINDS, row)]}
    if as_json:
        print_json(data)
        return
    changes = data.pop("changes")
    for name, value in data.items():
        echo(f"{name:<13} {value if value not in (None, []) else '-'}")
    echo(f"changes       {len(changes)}")
    for change in changes[:limit]:
        verb = "withdraw" if change["payload"] is None else "set"
        echo(
            f"  {verb:<8} {change['kind']} {change['code']} from {change['valid_from']} to {change['valid_to'] or '…'}"
        )
    if len(changes) > limit:
        tell(f"{len(changes) - limit} more: use --limit or --json.")


def _change(change: Any) -> dict[str, Any]:
    kind = KINDS.find(change.kind)
    return {
        "kind": change.kind,
        "code": change.code,
        "valid_from": change.period.start.isoformat(),
        "valid_to": None if change.period.end == DUSK else change.period.end.isoformat(),
        "payload": None if change.payload is None else kind.dump(change.payload),
        "legal_act": change.legal_act,
        "source": change.source,
        "confidence": change.confidence,
        "row": change.row,
    }


@draft.command()
@click.argument("draft_id", metavar="ID")
@acting_option
def submit(draft_id: str, who: str) -> None:
    """Put a draft under review; one with errors is refused."""
    with open_catalogue().writing() as session:
        check_actor(session, who, "submit drafts")
        row = verbs.find_draft(session, draft_id)
        submit_judged(session, KINDS, row, by=who, at=now())
    echo(f"Draft {row.id} is under review.")


@draft.command()
@click.argument("draft_id", metavar="ID")
@acting_option
@click.option("--comment", help="What the approver notes.")
@click.option("--accept-warnings", "accepting", metavar="REASON", help="Accept every warning still open, and why.")
def approve(draft_id: str, who: str, comment: str | None, accepting: str | None) -> None:
    """Approve a draft under review; never one's own. Its warnings must be accepted, here or by `draft accept`."""
    with open_catalogue().writing() as session:
        check_actor(session, who, "approve drafts")
        row = verbs.find_draft(session, draft_id)
        approve_judged(session, KINDS, row, by=who, at=now(), comment=comment, accepting=accepting)
    echo(f"Draft {row.id} is approved by {who}.")


@draft.command()
@click.argument("draft_id", metavar="ID")
@acting_option
@click.option("--comment", required=True, help="Why.")
def reject(draft_id: str, who: str, comment: str) -> None:
    """Refuse a draft, with the reason."""
    with open_catalogue().writing() as session:
        check_actor(session, who, "reject drafts")
        row = verbs.find_draft(session, draft_id)
        verbs.reject(session, row, by=who, at=now(), comment=comment)
    echo(f"Draft {row.id} is rejected.")


@draft.command()
@click.argument("draft_id", metavar="ID")
@acting_option
def reopen(draft_id: str, who: str) -> None:
    """Take a draft back to work; an approval is lost."""
    with open_catalogue().writing() as session:
        check_actor(session, who, "write drafts")
        row = verbs.find_draft(session, draft_id)
        verbs.reopen(session, row, by=who, at=now())
    echo(f"Draft {row.id} is open again.")


@draft.command(name="rebase")
@click.argument("draft_id", metavar="ID")
@acting_option
@json_option
def rebase_(draft_id: str, who: str, as_json: bool) -> None:
    """Bring a stale draft onto the newest release, keeping its work; it must be submitted again."""
    with open_catalogue().writing() as session:
        check_actor(session, who, "write drafts")
        done = rebase(session, KINDS, verbs.find_draft(session, draft_id), by=who, at=now())
    clashes = [{"kind": c.kind, "code": c.code, "field": c.field, **_values(c)} for c in done.clashes]
    if as_json:
        print_json({"base": done.base, "merged": done.merged, "dropped": done.dropped, "clashes": clashes})
        return
    echo(f"Now on release {done.base}: {len(done.merged)} entries merged, {len(done.dropped)} already so and dropped.")
    for clash in clashes:
        echo(
            f"  look at {clash['kind']} {clash['code']} {clash['field']}: was {clash['base']}, "
            f"published since {clash['theirs']}, kept {clash['ours']}"
        )


def _values(clash: Any) -> dict[str, Any]:
    field = KINDS.find(clash.kind).fields[clash.field]
    return {
        name: None if (value := getattr(clash, name)) is None else field.write(value)
        for name in ("base", "theirs", "ours")
    }


@draft.command(name="publish")
@click.argument("draft_id", metavar="ID")
@acting_option
@click.option("--published-at", type=INSTANT, help="An instant in the past, to load history (default: now).")
def publish_(draft_id: str, who: str, published_at: Any) -> None:
    """Seal an approved draft as the next release."""
    catalogue = open_catalogue()
    with catalogue.writing() as session:
        check_actor(session, who, "publish")
        row = verbs.find_draft(session, draft_id)
        release = _told(publish_judged(session, KINDS, row, by=who, at=now(), published_at=published_at))
    catalogue.refresh()
    echo(f"Published release {release['seq']} ({release['label'] or 'no label'}), chain {release['chain_digest']}.")


def publish_draft(session: Session, draft_id: str | int, who: str, published_at: Any) -> dict[str, Any]:
    """Seals a draft made of a file whose report has just been read: its warnings were told there."""
    row = verbs.find_draft(session, draft_id)
    return _told(publish(session, KINDS, row, by=who, at=now(), published_at=published_at))


def _told(release: Release) -> dict[str, Any]:
    return {"seq": release.seq, "label": release.label, "chain_digest": release.chain_digest}
