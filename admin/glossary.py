"""Terms of the glossary beside the words of a page: a button with its description, for mouse, finger and keyboard."""

from __future__ import annotations

from flask import g
from markupsafe import Markup

from admin.workplace import workplace
from catalog.glossaire.lookups import find_term
from catalog.temporal import Moment

_BUTTON = Markup(
    '<span class="term"><button type="button" class="term-word" aria-describedby="{ident}">{shown}</button>'
    '<span class="term-told" role="tooltip" id="{ident}"><strong>{label}</strong> {definition}{arabic}{ground}</span>'
    "</span>"
)
_ARABIC = Markup(' <span lang="ar" dir="rtl">{}</span>')
_GROUND = Markup(" <small>{}</small>")


def terme(text: str, shown: str | None = None) -> Markup:
    """A word with its definition of today; the bare word where the glossary has none.

    What it makes is a button: it goes beside a link, a label or another button, never inside one. Its definition shows
    while the button or the definition itself is pointed at or focused, and Escape hides it (WCAG 1.4.13).
    """
    place = workplace()
    snapshot = place.current()
    found = find_term(snapshot, text, Moment(place.today(), snapshot.head))
    if found is None:
        return Markup("{}").format(shown or text)
    g.terms_shown = g.get("terms_shown", 0) + 1
    payload = found.payload
    return _BUTTON.format(
        ident=f"terme-{found.code}-{g.terms_shown}",
        shown=shown or text,
        label=payload["libelle"],
        definition=payload["definition"],
        arabic=_ARABIC.format(payload["libelle_ar"]) if payload["libelle_ar"] else "",
        ground=_GROUND.format(payload["source_legale"]) if payload["source_legale"] else "",
    )
