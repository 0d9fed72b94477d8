"""Contexts of the pages of a review."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import current_app, request, url_for
from sqlalchemy.orm import Session

from admin.french import kind_name, remedy_sentence, rule_sentence, told
from admin.journal.words import action_name
from admin.revue import page
from admin.revue.consequences import consequences_of
from admin.revue.counting import prices, total
from admin.revue.deciding import confirmation_of
from admin.revue.lines import PAGE, Filter, select, write
from admin.revue.reading import compare_draft, judge_draft, judge_if_quick
from admin.workplace import Workplace
from catalog.releases.models import Draft, Release
from catalog.releases.planning import plan_of
from catalog.releases.rebasing import WHOLE, Rebase
from catalog.releases.reviewing import digest_to_seal, shown_of
from catalog.releases.reviewing_acceptance import Judgement
from catalog.releases.reviewing_models import Plan
from catalog.releases.reviewing_rules import Finding
from catalog.releases.reviewing_stale import drifts
from catalog.releases.truth import head

Context = dict[str, Any]
TYPES = {"added": "Ajouts", "changed": "Modifications", "withdrawn": "Retraits", "retroactive": "Rétroactifs"}
DRIFTS_SHOWN = 300


def waiting(session: Session) -> Context:
    """Drafts under way, those in review first."""
    query = sa.select(Draft).where(Draft.status != "published").order_by(Draft.id.desc())
    drafts = sorted(
        session.scalars(query), key=lambda d: ["in_review", "approved", "draft", "rejected"].index(d.status)
    )
    plans = {plan.draft_id: plan for plan in session.scalars(sa.select(Plan))}
    return {"drafts": drafts, "plans": plans, "names": page.STATUS_NAMES, "tones": page.STATUS_TONES}


def draft_page(place: Workplace, session: Session, draft: Draft, who: str) -> Context:
    """The review itself: difference, impact, what is broken, decision."""
    compared = compare_draft(place, session, draft)
    asked = read_filter()
    judge = judge_draft if asked.alerts else judge_if_quick
    state = judge(place, session, draft, compared)
    flagged = flagged_of(state)
    shown = select(compared.lines, asked, flagged)
    sheet = cut(shown, read_page())
    release = session.scalar(sa.select(Release).where(Release.draft_id == draft.id))
    plan = plan_of(session, draft)
    options = page.act_options(session, place.current(), draft)
    return {
        **_common(draft),
        "compared": compared,
        "seen": shown_of(session, draft, compared.review.revision),
        "lines": sheet.items,
        "sheet": sheet,
        "asked": asked,
        "types": TYPES,
        "address": address_of(".show", draft_id=draft.id),
        "flagged": flagged,
        "families": compared.families,
        "total": total(compared.families),
        "prices": prices(compared.impacts),
        "judgement": state,
        "steps": page.steps(draft, release, plan),
        "release": release,
        "plan": plan,
        "acts": options,
        "act_title": page.act_title(options, draft.legal_act),
        "proposed_label": page.proposed_label(session),
        "journal": page.journal_of(session, draft),
        "drifts": [] if draft.status == "published" else _drifts(place, session, draft),
        "consequences": consequences_of(place, session, draft, compared, asked=request.args.get("consequences") == "1"),
        "is_author": who.casefold() == draft.author.casefold(),
        "french": told,
    }


def _common(draft: Draft) -> Context:
    return {
        "draft": draft,
        "status": page.STATUS_NAMES[draft.status],
        "tone": page.STATUS_TONES[draft.status],
        "family_address": lambda plural: url_for(".show", draft_id=draft.id, famille=plural) + "#lignes",
        **words(),
    }


def words() -> Context:
    """What the shared parts of the pages call for."""
    known = current_app.view_functions
    return {
        "kind_name": kind_name,
        "action_name": action_name,
        "has_entries": "fiches.show" in known,
        "has_drafts": "brouillons.show" in known,
    }


def read_filter() -> Filter:
    """What the address asks to see."""
    args = request.args
    return Filter(
        kind=args.get("famille", ""),
        status=args.get("type", ""),
        alerts=args.get("alertes") == "1",
        text=args.get("q", "").strip(),
    )


def read_page() -> int:
    asked = request.args.get("page", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a list."""

    items: Sequence[Any]
    page: int
    pages: int
    total: int


def cut(items: Sequence[Any], asked: int) -> Sheet:
    """The page asked for, or the last there is."""
    pages = max(1, -(-len(items) // PAGE))
    number = min(asked, pages)
    return Sheet(items[(number - 1) * PAGE : number * PAGE], number, pages, len(items))


def address_of(endpoint: str, **values: Any) -> Callable[[int], str]:
    """The address of another page of the same list."""
    kept: dict[str, Any] = {name: text for name, text in request.args.items() if name != "page" and text}

    def address(number: int) -> str:
        return url_for(endpoint, **values, **kept, page=number)

    return address


def flagged_of(state: Judgement | None) -> Collection[tuple[str, str]]:
    """Entries with an error, or a warning nobody has accepted."""
    if state is None:
        return frozenset()
    return frozenset((found.kind, found.violation.code or "") for found in (*state.errors, *state.unsettled))


@dataclass(frozen=True, slots=True)
class Rule:
    """What was found of one rule over one kind."""

    name: str
    kind: str
    title: str
    remedy: str
    is_error: bool
    findings: Sequence[Finding]
    unsettled: int


def findings_page(place: Workplace, session: Session, draft: Draft, who: str) -> Context:
    """What the draft breaks, rule by rule; a rule asked for is shown whole, in pages."""
    state = judge_draft(place, session, draft, compare_draft(place, session, draft))
    rules = rules_of(state)
    name, kind = request.args.get("regle", ""), request.args.get("sorte", "")
    chosen = next((rule for rule in rules if (rule.name, rule.kind) == (name, kind)), None)
    is_author = who.casefold() == draft.author.casefold()
    return {
        **_common(draft),
        "judgement": state,
        "rules": [chosen] if chosen else rules,
        "chosen": chosen,
        "sheet": cut(chosen.findings, read_page()) if chosen else None,
        "address": address_of(".findings", draft_id=draft.id),
        "is_author": is_author,
        "rule_sentence": rule_sentence,
        "remedy_sentence": remedy_sentence,
        "plural": lambda kind: place.kinds.find(kind).plural,
    }


def rules_of(state: Judgement) -> list[Rule]:
    """Findings by rule and kind, errors first."""
    grouped: dict[tuple[str, str], list[Finding]] = {}
    for finding in state.findings:
        grouped.setdefault((finding.rule, finding.kind), []).append(finding)
    waiting_ones = {finding.fingerprint for finding in state.unsettled}
    return [
        Rule(
            name,
            kind,
            _title(found),
            remedy_sentence(found[0].violation),
            found[0].is_error,
            found,
            sum(finding.fingerprint in waiting_ones for finding in found),
        )
        for (name, kind), found in grouped.items()
    ]


def _title(found: Iterable[Finding]) -> str:
    """The first sentence of a rule, without what was found of one entry."""
    text = rule_sentence(next(iter(found)).violation)
    return text.split(". ")[0].rstrip(".")


def confirmation(place: Workplace, session: Session, draft: Draft) -> Context:
    """What is read before publishing: what, how much, on which ground, and the digest it will carry."""
    compared = compare_draft(place, session, draft)
    state = judge_draft(place, session, draft, compared) if draft.status == "approved" else None
    options = page.act_options(session, place.current(), draft)
    return {
        **_common(draft),
        "compared": compared,
        "seen": shown_of(session, draft, compared.review.revision),
        "families": compared.families,
        "total": total(compared.families),
        "judgement": state,
        "act_title": page.act_title(options, draft.legal_act),
        "digest": digest_to_seal(session, place.kinds, draft),
        "confirmation": confirmation_of(draft),
        "next": head(session) + 1,
        "plan": plan_of(session, draft),
        "is_stale": bool(_drifts(place, session, draft)),
    }


def stale_page(place: Workplace, session: Session, draft: Draft) -> Context:
    """What has been published since the draft was begun, and what it says itself."""
    return {**_common(draft), "drifts": _drifts(place, session, draft), "done": None, "head": head(session)}


def rebased_page(place: Workplace, draft: Draft, done: Rebase) -> Context:
    """What the rebase did, with the fields to look at."""
    clashes = [
        {
            "kind": kind_name(clash.kind),
            "plural": place.kinds.find(clash.kind).plural,
            "code": clash.code,
            "label": _label(place, clash.kind, clash.field),
            **{side: _side(place, clash, side) for side in ("base", "theirs", "ours")},
        }
        for clash in done.clashes
    ]
    return {**_common(draft), "drifts": [], "done": done, "clashes": clashes, "head": done.base}


def _side(place: Workplace, clash: Any, side: str) -> str:
    value = getattr(clash, side)
    if clash.field == WHOLE:
        return "retiré" if value is None else "en vigueur"
    return write(place.kinds.find(clash.kind), clash.field, value)


def _label(place: Workplace, kind: str, field: str) -> str:
    if field == WHOLE:
        return "Fiche"
    known = place.kinds.find(kind).fields.get(field)
    return known.label if known else "Base légale"


def _drifts(place: Workplace, session: Session, draft: Draft) -> list[Context]:
    found = []
    for drift in drifts(session, place.kinds, draft)[:DRIFTS_SHOWN]:
        kind = place.kinds.find(drift.kind)
        sides = (drift.base, drift.theirs, drift.ours)
        if drift.field == WHOLE:
            texts = ["en vigueur" if side else "absent" for side in sides]
        else:
            texts = [write(kind, drift.field, side) for side in sides]
        found.append(
            {
                "kind": kind_name(drift.kind),
                "plural": kind.plural,
                "code": drift.code,
                "label": _label(place, drift.kind, drift.field),
                "period": drift.period,
                "base": texts[0],
                "theirs": texts[1],
                "ours": texts[2] if drift.is_mentioned else "(non mentionné)",
                "is_clash": drift.is_clash,
            }
        )
    return found
