"""Answers about releases, what they changed, and the legal acts they rest on."""

from __future__ import annotations

from marshmallow import Schema, fields

from catalog.legal.schemas import LegalActSchema
from service.api.schemas.parts import ActeJuridique, Bounded, Clocked, Paged, flag, instant, number, part, text


class Release(Schema):
    """A sealed set of facts."""

    release = number("Its number.")
    label = text("Its label, such as 07-06.", nullable=True)
    title = text("Its title.")
    published_at = instant("When it was published.")
    author = text("Who wrote it.")
    approver = text("Who approved it; never its author.")
    publisher = text("Who published it.")
    facts = number("Facts it holds.")
    content_digest = text("SHA-256 over its facts.")
    previous_digest = text("Chain digest of the release before it; zeros for the first.")
    chain_digest = text("SHA-256 over this release and the chain before it.")
    acte_juridique = part(ActeJuridique, "The legal act it rests on.")


class ReleaseAnswer(Release, Clocked):
    release = number("Its number, which is also the clock of the answer.")


class Releases(Paged, Clocked):
    releases = part(Release, "Newest first.", many=True)


class Counts(Schema):
    added = number("Entries new to the catalogue.")
    changed = number("Entries with a value before and after.")
    withdrawn = number("Entries no longer in force over some days.")
    retroactive = number("Entries whose change touches days before it was published.")


class KindCounts(Counts):
    fields_ = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        data_key="fields",
        metadata={"description": "Changed entries by the fields that differ."},
    )


class DiffCounts(Schema):
    total = part(Counts)
    by_kind = fields.Dict(keys=fields.String(), values=fields.Nested(KindCounts))


class BeforeAfter(Schema):
    before = fields.Raw(allow_none=True)
    after = fields.Raw(allow_none=True)


class Ground(Schema):
    acte_juridique = part(ActeJuridique)
    source = text("Where the value was read.", nullable=True)
    confidence = text("H, M or L.", nullable=True)


class Piece(Bounded):
    """What differs over one period."""

    release = number("The release that made the difference.")
    retroactive = part(Bounded, "The days already past when it was published; null when there are none.", nullable=True)
    fields_ = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(BeforeAfter),
        data_key="fields",
        metadata={"description": "By field, the value before and after."},
    )
    before = part(Ground, "Ground of the value before; null when nothing was in force.", nullable=True)
    after = part(Ground, "Ground of the value after; null when nothing is in force.", nullable=True)
    acte_juridique = part(ActeJuridique, "The act that made the difference.", nullable=True)


class EntryDiff(Schema):
    kind = text("Kind of entry.")
    code = text("Its code.")
    status = text("What became of it.", enum=["added", "changed", "withdrawn"])
    retroactive = flag("Whether a day before publication is touched.")
    pieces = part(Piece, "Period by period.", many=True)


class Diff(Paged, Clocked):
    """What differs between two releases."""

    from_ = fields.Integer(
        data_key="from", metadata={"description": "The release compared with; 0 is before the first."}
    )
    to = number("The release of the address.")
    counts = part(DiffCounts)
    entries = part(EntryDiff, "Entries that differ, by kind and code.", many=True)


class Change(Bounded):
    """A fact: from its release on, the payload holds over the period, or, where it is null, nothing does."""

    release = number("The release that brought it.")
    kind = text("Kind of entry.")
    code = text("Its code.")
    op = text("set or void.", enum=["set", "void"])
    payload = fields.Dict(
        keys=fields.String(), allow_none=True, metadata={"description": "Fields of the kind; null for void."}
    )
    acte_juridique = part(ActeJuridique)
    source = text("Where the value was read.", nullable=True)
    confidence = text("H, M or L.", nullable=True)


class Changes(Clocked):
    """Whole releases, in order."""

    after = number("The release after which the answer begins.")
    upto = number("The last release in this answer.")
    next = text("Address of what follows; null when nothing does.", nullable=True)
    releases = part(Release, "The releases in this answer, oldest first.", many=True)
    changes = part(Change, "Their facts, in the order in which to apply them.", many=True)


class Brought(Bounded):
    """A fact that rests on the act."""

    kind = text("Kind of entry.")
    code = text("Its code.")
    op = text("set or void.", enum=["set", "void"])
    release = number("The release that brought it.")


class LegalAct(LegalActSchema, Bounded, Paged, Clocked):
    """A legal act and what it brought."""

    id = text("Its identifier.")
    source = text("Where it was read.", nullable=True)
    confidence = text("H, M or L.", nullable=True)
    releases = part(Release, "Releases that rest on it.", many=True)
    counts = fields.Dict(
        keys=fields.String(), values=fields.Integer(), metadata={"description": "Facts that rest on it, by kind."}
    )
    entries = part(Brought, "Those facts, in order of release, kind and code.", many=True)
