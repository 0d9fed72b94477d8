"""What exactly is hashed. Chains are sealed with it: another text needs another format name, never the same."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta, timezone

from catalog.gmr.family import MEDICAMENT
from catalog.releases.changes import Held, fact_digest
from catalog.releases.models import GENESIS, Release
from catalog.releases.publishing import chain_digest, content_digest
from catalog.temporal import Period

PERIOD = Period(date(2014, 6, 9))
PAYLOAD = dict.fromkeys(MEDICAMENT.fields) | {
    "nom": "DOLIPRANE \u00e9 \u062f", "dci": ("A", "B"), "ppv": 2970, "tva": 700, "admis_remboursement": True,
}  # fmt: skip
FACT = (
    'amo-fact-1|["medicament","6118000100058","2014-06-09","9999-12-31","arrete-2014-06","S:8","H",'
    '"{\\"admis_remboursement\\":true,\\"dci\\":\\"A / B\\",\\"nom\\":\\"DOLIPRANE \u00e9 \u062f\\",'
    '\\"ppv\\":2970,\\"tva\\":700}"]'
)
VOID = 'amo-fact-1|["medicament","6118000100058","2014-06-09","9999-12-31","arrete-2014-06",null,null,null]'
CHAIN = (
    'amo-chain-1|[3,"07-06","Titre","arrete-2014-06","2014-06-06T12:00:00.500000Z","amina","chaimae","driss",2,'
    f'"{"c" * 64}","{GENESIS}"]'
)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_fact_is_hashed_as_its_canonical_text() -> None:
    held = Held(PAYLOAD, "arrete-2014-06", "S:8", "H")
    assert fact_digest(MEDICAMENT, "6118000100058", PERIOD, held, "arrete-2014-06") == sha256(FACT)
    assert fact_digest(MEDICAMENT, "6118000100058", PERIOD, None, "arrete-2014-06") == sha256(VOID)


def test_a_release_is_hashed_over_its_facts_in_any_order() -> None:
    assert content_digest(["b", "a"]) == content_digest(["a", "b"]) == sha256("a\nb")
    assert content_digest([]) == sha256("")
    assert content_digest(["a", "a"]) != content_digest(["a"])


def test_a_release_is_hashed_over_the_one_before_it_and_its_instant_in_utc() -> None:
    release = Release(
        seq=3,
        label="07-06",
        title="Titre",
        published_at=datetime(2014, 6, 6, 13, 0, 0, 500000, timezone(timedelta(hours=1))),
        author="amina",
        approver="chaimae",
        publisher="driss",
        n_facts=2,
        content_digest="c" * 64,
        prev_digest=GENESIS,
    )
    assert chain_digest(release, "arrete-2014-06") == sha256(CHAIN)
