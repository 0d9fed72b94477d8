"""Legal acts and what they brought."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from catalog.errors import CodeError, UnknownCodeError
from catalog.legal.family import LEGAL_ACT
from catalog.releases.telling import Told, find_act, tell_period, tell_release
from catalog.snapshots.reading import PublishedFact
from service.api.asking import Asked
from service.api.endpoints import Room
from service.api.parameters import Pages, TwoClocks
from service.api.schemas.releases import LegalAct

room = Room("Actes juridiques", "The laws, decrees, arrêtés, conventions and lists that every value rests on.")


class LegalActQuery(Pages, TwoClocks):
    pass


@room.get("/legal-acts/{id}", LegalAct, query=LegalActQuery, raises=(CodeError, UnknownCodeError))
def legal_act(asked: Asked, id: str) -> Told:
    """A legal act as described that day, else as last described, with the releases and facts that rest on it."""
    code = LEGAL_ACT.parse_code(id)
    version = find_act(asked.snapshot, code, asked.moment)
    if version is None:
        raise UnknownCodeError(LEGAL_ACT.label, code)
    facts = list(_resting_on(asked, code))
    shown, pages = asked.page_of(facts)
    described = {
        "id": code,
        **LEGAL_ACT.dump(version.payload),
        **tell_period(version.period),
        "source": version.source,
        "confidence": version.confidence,
    }
    known = asked.snapshot.releases[: asked.clocks.release]
    brought = {
        "releases": [tell_release(info) for info in known if info.legal_act == code],
        "counts": dict(Counter(fact.kind for fact in facts)),
        "entries": [_brought(fact) for fact in shown],
    }
    return asked.answer(described | pages | brought)


def _resting_on(asked: Asked, code: str) -> Iterator[PublishedFact]:
    for kind in asked.snapshot.kinds:
        for fact in asked.snapshot.facts(kind.name, 0, asked.clocks.release):
            is_itself = fact.kind == LEGAL_ACT.name and fact.code == code
            if fact.legal_act == code and not is_itself:
                yield fact


def _brought(fact: PublishedFact) -> Told:
    return {
        "kind": fact.kind,
        "code": fact.code,
        "op": "void" if fact.held is None else "set",
        **tell_period(fact.period),
        "release": fact.release,
    }
