"""One good question for every route, found by its rule; a route without one fails the tests that use this."""

from __future__ import annotations

from tests.api.catalogue import GENERIC, GROUP, LIST, PRINCEPS
from tests.api.families import CCAM, DEVICE, DOCTORS, NGAP

QUESTIONS = {
    "/api/v1/medicaments/<code>": f"/api/v1/medicaments/{PRINCEPS}",
    "/api/v1/medicaments/<code>/history": f"/api/v1/medicaments/{PRINCEPS}/history",
    "/api/v1/medicaments/<code>/equivalents": f"/api/v1/medicaments/{PRINCEPS}/equivalents",
    "/api/v1/medicaments/<code>/avis": f"/api/v1/medicaments/{PRINCEPS}/avis",
    "/api/v1/substances": "/api/v1/substances",
    "/api/v1/groupes-generiques/<path:code>": f"/api/v1/groupes-generiques/{GROUP}",
    "/api/v1/actes/ngap/<code>": f"/api/v1/actes/ngap/{NGAP}",
    "/api/v1/actes/ccam/<code>": f"/api/v1/actes/ccam/{CCAM}",
    "/api/v1/actes/ngap/<code>/ccam": f"/api/v1/actes/ngap/{NGAP}/ccam",
    "/api/v1/actes/ccam/<code>/ngap": f"/api/v1/actes/ccam/{CCAM}/ngap",
    "/api/v1/lettres-cles": "/api/v1/lettres-cles",
    "/api/v1/conventions": "/api/v1/conventions",
    "/api/v1/conventions/<code>": f"/api/v1/conventions/{DOCTORS}",
    "/api/v1/conventions/<code>/tarifs": f"/api/v1/conventions/{DOCTORS}/tarifs",
    "/api/v1/dispositifs/<code>": f"/api/v1/dispositifs/{DEVICE}",
    "/api/v1/tiers-payant/<code>": f"/api/v1/tiers-payant/{GENERIC}?organisme=cnops",
    "/api/v1/search": "/api/v1/search?q=diamicron",
    "/api/v1/suggest": "/api/v1/suggest?q=diam",
    "/api/v1/listes/tiers-payant": "/api/v1/listes/tiers-payant?organisme=cnops",
    "/api/v1/releases": "/api/v1/releases",
    "/api/v1/releases/<release>": "/api/v1/releases/2",
    "/api/v1/releases/<release>/diff": "/api/v1/releases/3/diff",
    "/api/v1/releases/<release>/export": "/api/v1/releases/3/export?kind=medicaments&format=csv",
    "/api/v1/changes": "/api/v1/changes?limit=1",
    "/api/v1/legal-acts/<id>": f"/api/v1/legal-acts/{LIST}",
}
POSTED = {"/api/v1/tarifications"}
"""Routes that take a body: asked by test_tarifications."""
KEYED = {"/api/v1/journal"}
"""Routes that ask for a machine key: asked by test_journal."""
PAGES = {"/api/v1/openapi.json": "/api/v1/openapi.json", "/api/docs": "/api/docs", "/": "/"}
EVERY = [*QUESTIONS.values(), *PAGES.values()]
JSON = [address for address in QUESTIONS.values() if "/export" not in address]


def joined(address: str, query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{query}"
