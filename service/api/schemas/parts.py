"""Members that many answers share, and the short words to write schemas with."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields


def text(about: str, *, nullable: bool = False, **shape: Any) -> fields.String:
    return fields.String(allow_none=nullable, metadata={"description": about, **shape})


def day(about: str, *, nullable: bool = False) -> fields.Date:
    return fields.Date(allow_none=nullable, metadata={"description": about})


def instant(about: str) -> fields.DateTime:
    return fields.DateTime(metadata={"description": about})


def number(about: str, *, nullable: bool = False) -> fields.Integer:
    return fields.Integer(allow_none=nullable, metadata={"description": about})


def flag(about: str) -> fields.Boolean:
    return fields.Boolean(metadata={"description": about})


def part(schema: type[Schema], about: str = "", *, nullable: bool = False, many: bool = False) -> fields.Field[Any]:
    """A member that is another schema, or a list of them."""
    told: dict[str, Any] = {"metadata": {"description": about}} if about else {}
    if many:
        return fields.List(fields.Nested(schema), **told)
    return fields.Nested(schema, allow_none=nullable, **told)


class Clocked(Schema):
    """Every answer states where it stands."""

    as_of = day("The day the answer is about.")
    known_at = instant("The instant whose knowledge it rests on.")
    release = number("The release that was the newest then.")


class ActeJuridique(Schema):
    """A legal act, in the short form that stands beside every value."""

    id = text("Identifier, as in /legal-acts/{id}.")
    type = text("Type of act.", nullable=True)
    numero = text("Number.", nullable=True)
    signed_on = day("Day of signature.", nullable=True)
    published_on = day("Day of publication.", nullable=True)
    bo_numero = text("Number of the Bulletin officiel.", nullable=True)
    title = text("Title.", nullable=True)


class Bounded(Schema):
    """A half-open period."""

    valid_from = day("First day, included; null where it has no known beginning.", nullable=True)
    valid_to = day("End, excluded; null where it is open.", nullable=True)


class Grounded(Bounded):
    """A value with its period, its legal ground, and how surely it is known."""

    acte_juridique = part(ActeJuridique, "The legal act the value rests on.", nullable=True)
    source = text("Where the value was read.", nullable=True)
    confidence = text("How far it can be trusted: H, M or L.", nullable=True, enum=["H", "M", "L", None])


class Paged(Schema):
    total = number("Items in all.")
    page = number("This page, from 1.")
    per_page = number("Items a page.")


class Fault(Schema):
    field = text("Parameter or field at fault.")
    message = text("What is wrong with it.")


class Problem(Schema):
    """A refusal (RFC 9457)."""

    type = text("Address that documents it, or about:blank.", format="uri-reference")
    title = text("What kind of refusal it is.")
    status = number("HTTP status.")
    detail = text("What is wrong here, in a sentence.")
    errors = part(Fault, "Where parameters or fields are at fault.", many=True)
