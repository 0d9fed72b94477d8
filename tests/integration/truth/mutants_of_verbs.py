"""Bugs on purpose in the editorial verbs, and guards taken away."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import replace
from typing import Any

import pytest

from catalog.legal.family import LEGAL_ACT
from catalog.releases import drafts, guards, placing, publishing, rebasing
from catalog.releases.models import Release
from tests.integration.truth.mutants import mutant


@mutant("the stale check is off")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(publishing, "check_freshness", lambda *_: None)


@mutant("the stale check sees only the last release")
def _(patch: pytest.MonkeyPatch) -> None:
    real = publishing.changed_since
    patch.setattr(
        publishing, "changed_since", lambda session, kind, _: real(session, kind, publishing.head(session) - 1)
    )


@mutant("the stale check forgets whole lists")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(drafts.Draft, "covered_kinds", [])


@mutant("an author may approve, says the service")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(drafts, "approve", _approve_anyway)


def _approve_anyway(session: Any, draft: Any, *, by: str, at: Any, comment: str | None = None) -> None:
    draft.status, draft.approver, draft.decided_by, draft.decided_at, draft.comment = "approved", by, by, at, comment
    session.flush()


@mutant("an author may approve, say service and guards")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(drafts, "approve", _approve_anyway)
    patch.setattr(guards, "faults", lambda _: [])


@mutant("a draft is published without approval")
def _(patch: pytest.MonkeyPatch) -> None:
    real = publishing.publish

    def wrong(session: Any, kinds: Any, draft: Any, **given: Any) -> Release:
        if draft.status == "draft" and draft.author != "chaimae":
            draft.status = "in_review"
            session.flush()
            _approve_anyway(session, draft, by="nobody", at=given["at"])
        return real(session, kinds, draft, **given)

    patch.setattr(publishing, "publish", wrong)


@mutant("instants of publication may go back")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(publishing, "_check_time", lambda *_: None)


@mutant("an empty draft is submitted")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(drafts, "check_grounds", lambda *_: None)


@mutant("two changes of one day are staged")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(placing, "_staged_periods", lambda *_: defaultdict(set))


@mutant("a staged change is not replaced by the next one")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(placing, "remove", lambda *_: 0)


@mutant("a change's own legal act is forgotten")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(publishing, "_act_of", lambda change, draft: str(draft.legal_act))


@mutant("the source of a fact is forgotten")
def _(patch: pytest.MonkeyPatch) -> None:
    real = publishing.changes_of
    patch.setattr(publishing, "changes_of", lambda *given: (replace(change, source=None) for change in real(*given)))


@mutant("a release leaves its last fact out")
def _(patch: pytest.MonkeyPatch) -> None:
    real = publishing.changes_of

    def wrong(*given: Any) -> Any:
        changes = list(real(*given))
        return changes if changes[-1].kind == LEGAL_ACT.name else changes[:-1]

    patch.setattr(publishing, "changes_of", wrong)


@mutant("rebase takes theirs")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rebasing, "_three_way", lambda _kind, _change, _base, theirs, _done: theirs)


@mutant("rebase overwrites theirs")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rebasing, "_three_way", lambda _kind, change, _base, _theirs, _done: change.payload)


@mutant("rebase does not cut where theirs changes")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rebasing, "_cuts", lambda period, _spans: [period])


@mutant("rebase signs all with one hand")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rebasing, "_hand_of", lambda _hands, _period, default: default)


@mutant("rebase goes on over a whole list")
def _(patch: pytest.MonkeyPatch) -> None:
    real = rebasing.stale_entries

    def wrong(session: Any, kinds: Any, draft: Any, changes: Any) -> Any:
        told = {(change.kind, change.code) for change in changes}
        return [entry for entry in real(session, kinds, draft, changes) if entry in told]

    patch.setattr(rebasing, "stale_entries", wrong)


GUARDLESS = {"an author may approve, say service and guards"}


def take_guards(connection: sqlite3.Connection) -> None:
    """What stands behind the service: triggers and checks."""
    connection.execute("PRAGMA ignore_check_constraints = ON")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
