"""What the address and the forms of the workshop ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import url_for
from sqlalchemy.orm import Session

from admin.correspondances.words import WITHOUT
from catalog.ngap_ccam.atelier.asked import Asked
from catalog.ngap_ccam.atelier.coverage import Act
from catalog.ngap_ccam.atelier.models import STATUSES, Proposition
from catalog.ngap_ccam.codes import parse_target
from catalog.ngap_ccam.correspondance_rules import NO_MAP
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment, parse_day

AT_ONCE = 50
CCAM_TODAY = "ccam-france"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows: a status or state, a chapter, words, and which page."""

    status: str = ""
    chapter: str = ""
    text: str = ""
    page: int = 1

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Filter:
        number = args.get("page", "")
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
        return cls(args.get("statut", ""), args.get("chapitre", ""), args.get("q", "").strip(), max(page, 1))

    def address(self, endpoint: str, page: int) -> str:
        """The address of a page of this list."""
        told: dict[str, Any] = {
            "statut": self.status,
            "chapitre": self.chapter,
            "q": self.text,
            "page": page if page > 1 else "",
        }
        return url_for(endpoint, **{name: value for name, value in told.items() if value})


def proposals(session: Session, asked: Filter, chapter_of: Mapping[str, str]) -> tuple[list[Proposition], int]:
    """One page of the proposals asked for, newest first, and how many there are in all."""
    query = sa.select(Proposition)
    if asked.status == WITHOUT:
        query = query.where(Proposition.relation == NO_MAP)
    elif asked.status in STATUSES:
        query = query.where(Proposition.status == asked.status)
    if asked.chapter:
        query = query.where(Proposition.acte_ngap.in_([c for c, name in chapter_of.items() if name == asked.chapter]))
    if asked.text:
        query = query.where(Proposition.code.contains(asked.text.upper(), autoescape=True))
    count = session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    page = query.order_by(Proposition.id.desc()).limit(AT_ONCE).offset((asked.page - 1) * AT_ONCE)
    return list(session.scalars(page)), count


def chosen_acts(acts: list[Act], asked: Filter) -> list[Act]:
    """The acts in this state, of this chapter, whose code or label has these words."""
    words = asked.text.casefold().split()
    return [
        act
        for act in acts
        if asked.status in ("", act.state)
        and asked.chapter in ("", act.chapter)
        and all(word in f"{act.version.code} {act.version.payload['libelle']}".casefold() for word in words)
    ]


def page_of(items: list[Act], asked: Filter) -> list[Act]:
    return items[(asked.page - 1) * AT_ONCE : asked.page * AT_ONCE]


def pages(count: int) -> int:
    return max(-(-count // AT_ONCE), 1)


def read_asked(form: Mapping[str, str]) -> Asked:
    """The mapping a form proposes. Raises CodeError for a CCAM act that cannot be read."""
    relation = form.get("relation", "")
    parts = [form.get(name, "").strip() for name in ("ccam", "activite", "phase")]
    target = parse_target("-".join(parts)) if relation != NO_MAP and parts[0] else None
    return Asked(
        ngap=form.get("acte", ""),
        target=target,
        relation=relation,
        version_ngap=form.get("version_ngap", ""),
        version_ccam=form.get("version_ccam", ""),
        motif=form.get("motif") if relation == NO_MAP else None,
        condition=form.get("condition"),
    )


def read_start(form: Mapping[str, str], today: date) -> date:
    """The day a mapping holds from; today where the form says none. Raises DateError."""
    text = form.get("effet", "").strip()
    return parse_day(text) if text else today


def pinned(snapshot: Snapshot, moment: Moment, ngap: str, ccam: str) -> dict[str, str]:
    """The versions of both code systems, as the acts that brought both sides name them."""
    source = snapshot.find("acte_ngap", ngap, moment)
    target = snapshot.find("acte_ccam", ccam, moment) if ccam else next(snapshot.in_force("acte_ccam", moment), None)
    return {
        "version_ngap": source.legal_act if source else "",
        "version_ccam": target.legal_act if target else CCAM_TODAY,
    }
