"""The form of the search, and what its live suggestions need to lead somewhere."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from service.site.entries import page_of
from service.site.languages import gettext as _
from service.site.recherche.asking import SEARCHED
from service.site.recherche.words import kind_name
from service.site.visits import Visit

PLACE = "__CODE__"
"""Stands for the code in an address that the script completes."""
BY_CODE = ("medicament", "groupe_generique", "substance", "acte_ngap", "acte_ccam", "dispositif", "convention", "terme")
"""Kinds whose page is addressed by the whole code; of the others, the title is searched for."""


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed, and the attributes that the script reads."""

    text: str
    data: dict[str, str]


def form_of(visit: Visit, text: str = "") -> Form:
    """The form for a visit; suggestions are asked at the same clocks."""
    pages = {kind: visit.link(page[0], **page[1]) for kind in BY_CODE if (page := page_of(kind, PLACE))}
    asked = urlencode(dict(visit.told))
    words = {
        "count": _("Suggestions : %(n)s"),
        "none": _("Aucune suggestion"),
        "list": _("Suggestions"),
    }
    data = {
        "data-suggest": f"/api/v1/suggest?{asked}",
        "data-pages": _json(pages),
        "data-search": visit.link("recherche", q=PLACE),
        "data-kinds": _json({kind: kind_name(kind) for kind in SEARCHED}),
        "data-words": _json(words),
    }
    return Form(text, data)


def _json(told: dict[str, str]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
