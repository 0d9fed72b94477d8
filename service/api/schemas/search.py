"""Answers of the search and of autocomplete."""

from __future__ import annotations

from marshmallow import Schema, fields

from service.api.schemas.parts import ActeJuridique, Bounded, Clocked, Grounded, flag, number, part, text


class TitlePart(Schema):
    """A piece of a title."""

    text = text("The piece, as published.")
    is_match = flag("Whether it is what the query asked for.")


class Hit(Grounded):
    """An entry in force that answers the query."""

    kind = text("Kind of entry.")
    code = text("Its code.")
    titre = text("Its name or label.")
    detail = text("What tells it from others of that name; may be empty.")
    highlight = part(TitlePart, "The title in pieces, those that match marked.", many=True)


class NotInForce(Bounded):
    """An entry that the query names, known at the release and not in force that day."""

    kind = text("Kind of entry.")
    code = text("Its code.")
    titre = text("Its name or label, as last published.")
    acte_juridique = part(
        ActeJuridique, "The act that ended the period; null where none did, or where it has not begun.", nullable=True
    )


class Search(Clocked):
    """Hits, best first, and what is counted of all that match."""

    total = number("Entries that match.")
    page = number("Page shown, from 1.")
    per_page = number("Hits a page.")
    facets = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.Integer()),
        metadata={"description": "By facet, how many entries that match have each value; the 20 most frequent."},
    )
    suggestion = text("The query as it was taken, where its words were not found as typed.", nullable=True)
    hits = part(Hit, "The hits of the page.", many=True)
    not_in_force = part(
        NotInForce,
        "At most five entries that have the query as code or whole name and are out of force, the last to leave first; "
        "the period is the last before the day asked, else the first after it.",
        many=True,
    )


class Suggestion(Schema):
    """A title that the typed text may become."""

    kind = text("Kind of entry.")
    code = text("Code of one entry of that title.")
    titre = text("The title.")


class Suggestions(Clocked):
    """What autocomplete offers."""

    suggestions = part(
        Suggestion, "Titles the text names or begins, then those with such a word, then near ones.", many=True
    )
