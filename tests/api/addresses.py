"""One good question for every route, found by its rule; a route without one fails the tests that use this."""

from __future__ import annotations

from tests.api.catalogue import GROUP, LIST, PRINCEPS

QUESTIONS = {
    "/api/v1/medicaments/<code>": f"/api/v1/medicaments/{PRINCEPS}",
    "/api/v1/medicaments/<code>/history": f"/api/v1/medicaments/{PRINCEPS}/history",
    "/api/v1/medicaments/<code>/equivalents": f"/api/v1/medicaments/{PRINCEPS}/equivalents",
    "/api/v1/medicaments/<code>/avis": f"/api/v1/medicaments/{PRINCEPS}/avis",
    "/api/v1/substances": "/api/v1/substances",
    "/api/v1/groupes-generiques/<path:code>": f"/api/v1/groupes-generiques/{GROUP}",
    "/api/v1/releases": "/api/v1/releases",
    "/api/v1/releases/<release>": "/api/v1/releases/2",
    "/api/v1/releases/<release>/diff": "/api/v1/releases/3/diff",
    "/api/v1/releases/<release>/export": "/api/v1/releases/3/export?kind=medicaments&format=csv",
    "/api/v1/changes": "/api/v1/changes?limit=1",
    "/api/v1/legal-acts/<id>": f"/api/v1/legal-acts/{LIST}",
}
PAGES = {"/api/v1/openapi.json": "/api/v1/openapi.json", "/api/docs": "/api/docs", "/": "/"}
EVERY = [*QUESTIONS.values(), *PAGES.values()]
JSON = [address for address in QUESTIONS.values() if "/export" not in address]


def joined(address: str, query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{query}"
