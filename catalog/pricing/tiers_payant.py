"""Tiers payant of a costly medicine: what the catalogue can tell for sure, and what the patient must show (DOMAIN 5).

The payer, its list, the medicine, the pharmacy and the price are reference data, answered yes or no. The ALD and the
payer's agreement are facts about a patient: declared by the caller, never stored; left out, the answer is CONDITIONAL.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from catalog.conventions.codes import parse_inpe, parse_organisme
from catalog.conventions.indexes import LISTE, listed
from catalog.conventions.lookups import find_adherence, find_adhesion, find_pharmacy_convention
from catalog.gmr.codes import parse_presentation
from catalog.pricing.amounts import settle
from catalog.pricing.answers import HOSPITAL_ONLY, NO_TARIFF, OK, Result
from catalog.pricing.line_fields import MEDICAMENT
from catalog.pricing.lines import Line, Question
from catalog.pricing.quoting import quote
from catalog.pricing.tiers_payant_lists import NO_LISTING, Listing, last_known, look_up, presentation_of
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

ELIGIBLE, CONDITIONAL, NOT_ELIGIBLE = "ELIGIBLE", "CONDITIONAL", "NOT_ELIGIBLE"

DRUG_NOT_ON_LIST = "DRUG_NOT_ON_LIST"
LISTED_BY_NAME_ONLY = "LISTED_BY_NAME_ONLY"
DRUG_NOT_REIMBURSABLE = "DRUG_NOT_REIMBURSABLE"
LIST_NOT_IN_FORCE = "LIST_NOT_IN_FORCE"
PAYER_NOT_APPLYING = "PAYER_NOT_APPLYING"
PHARMACY_NOT_MEMBER = "PHARMACY_NOT_MEMBER"
PHARMACY_SUSPENDED = "PHARMACY_SUSPENDED"
ALD_NOT_DECLARED = "ALD_NOT_DECLARED"
PRIOR_AGREEMENT_MISSING = "PRIOR_AGREEMENT_MISSING"
PRIOR_AGREEMENT_EXPIRED = "PRIOR_AGREEMENT_EXPIRED"
PRICE_UNKNOWN = "PRICE_UNKNOWN"
DECLARED = frozenset({ALD_NOT_DECLARED, PRIOR_AGREEMENT_MISSING, PRIOR_AGREEMENT_EXPIRED})
"""Reasons that the patient or the payer can still lift."""
UNDECIDED = DECLARED | {LISTED_BY_NAME_ONLY}
"""Reasons that are no refusal: what the answer hangs on is not known here."""

_STANDINGS = {"NON_ADHERENTE": PHARMACY_NOT_MEMBER, "SUSPENDUE": PHARMACY_SUSPENDED}


@dataclass(frozen=True, slots=True)
class Declared:
    """What the caller says of patient and pharmacy; ``pec_until`` is the last day of the agreement, included."""

    inpe: str | None = None
    exoneration: bool = False
    pec: str | None = None
    pec_until: date | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: met, not met, or None where it was not looked at or cannot be told, the latter with ``reason``."""

    name: str
    met: bool | None
    text: str
    reason: str | None = None
    version: Version | None = None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The answer, with all it rests on. ``result`` prices one box; ``known`` is the medicine as last published.

    ``medicament`` is None where it is not in force that day.
    """

    code: str
    organisme: str
    as_of: date
    declared: Declared
    conditions: tuple[Condition, ...]
    result: Result
    medicament: Version | None
    known: Version | None
    convention: Version | None
    adherence: Version | None
    listing: Listing
    adhesion: Version | None

    @property
    def entry(self) -> Version | None:
        """The medicine's line on the list."""
        return self.listing.entry

    @property
    def reasons(self) -> tuple[str, ...]:
        """What stands in the way; what is merely not known only where nothing is a refusal."""
        found = tuple(condition.reason for condition in self.conditions if condition.reason)
        refusals = tuple(reason for reason in found if reason not in UNDECIDED)
        return refusals or found

    @property
    def eligibility(self) -> str:
        """ELIGIBLE, CONDITIONAL or NOT_ELIGIBLE."""
        if not self.reasons:
            return ELIGIBLE
        return CONDITIONAL if UNDECIDED.issuperset(self.reasons) else NOT_ELIGIBLE


def eligibility(
    snapshot: Snapshot,
    code: str,
    organisme: str,
    moment: Moment,
    *,
    inpe: str | None = None,
    exoneration: bool = False,
    pec: str | None = None,
    pec_until: date | None = None,
) -> Eligibility:
    """Whether a payer pays a medicine directly to the pharmacy that day. Without ``inpe`` no pharmacy is judged.

    Raises CodeError, UnknownCodeError; AmbiguousTariffError where two entries of a list stand for the medicine.
    """
    asked, payer = parse_presentation(code), parse_organisme(organisme)
    declared = Declared(parse_inpe(inpe) if inpe else None, exoneration, (pec or "").strip() or None, pec_until)
    presentation = presentation_of(snapshot, asked, moment)
    medicament = snapshot.find(MEDICAMENT, presentation, moment)
    known = medicament or last_known(snapshot, asked, presentation, moment)
    result = _price(snapshot, asked, payer, moment, exoneration)
    convention = find_pharmacy_convention(snapshot, payer, moment)
    listing = look_up(snapshot, payer, presentation, known, moment) if convention else NO_LISTING
    adhesion = find_adhesion(snapshot, declared.inpe, payer, moment) if declared.inpe else None
    conditions = (
        _payer_applies(payer, convention, moment),
        _is_listed(snapshot, payer, presentation, moment, listing)
        if convention
        else Condition("LIST", None, "The payer applies no convention: its list was not looked at."),
        *_is_priced(result, medicament),
        _pharmacy(declared.inpe, payer, adhesion),
        *_patient(declared, moment.as_of),
    )
    return Eligibility(
        asked,
        payer,
        moment.as_of,
        declared,
        conditions,
        result,
        medicament,
        known,
        convention,
        find_adherence(snapshot, convention.code, payer, moment) if convention else None,
        listing,
        adhesion,
    )


def _price(snapshot: Snapshot, code: str, organisme: str, moment: Moment, exoneration: bool) -> Result:
    question = Question(MEDICAMENT, code, organisme, exoneration=exoneration)
    return settle(Line(question, moment.as_of), quote(snapshot, question, moment))


def _payer_applies(organisme: str, convention: Version | None, moment: Moment) -> Condition:
    if convention is None:
        text = f"{organisme} applies no convention of the pharmacists on {moment.as_of}."
        return Condition("PAYER", False, text, PAYER_NOT_APPLYING)
    return Condition("PAYER", True, f"{organisme} applies {convention.payload['libelle']}.", version=convention)


def _is_listed(snapshot: Snapshot, organisme: str, presentation: str, moment: Moment, listing: Listing) -> Condition:
    entry, named = listing.entry, listing.named
    if entry is not None:
        text = f"{entry.payload['nom']} is on the list {entry.payload['version']} of {organisme}."
        return Condition("LIST", True, text, version=entry)
    if named is not None:
        return Condition("LIST", None, _by_name_only(named, organisme), LISTED_BY_NAME_ONLY, named)
    known = any(
        snapshot.versions(LISTE, code, moment.release) for code in listed(snapshot).get((organisme, presentation), ())
    )
    if known or not listing.lines:
        text = f"No list of {organisme} that holds the medicine is in force on {moment.as_of}."
        return Condition("LIST", False, text, LIST_NOT_IN_FORCE)
    text = f"The medicine is not on the list of {organisme} that day. {_recorded(listing)}"
    return Condition("LIST", False, text, DRUG_NOT_ON_LIST)


def _by_name_only(named: Version, organisme: str) -> str:
    held = named.payload
    return (
        f"The list {held['version']} of {organisme} names {held['nom']} without a presentation: "
        "nothing tells whether it holds this one."
    )


def _recorded(listing: Listing) -> str:
    """How much of a list is recorded: a no must not pass for more than it is."""
    count = len(listing.lines)
    lines = f"{count} line{'s' if count > 1 else ''}"
    return f"The list recorded has {lines} (version {', '.join(listing.versions)}); the one published may have more."


def _is_priced(result: Result, medicament: Version | None) -> Iterator[Condition]:
    """That the medicine is reimbursable that day, and that the amounts are known."""
    if result.status == OK:
        yield Condition("MEDICINE", True, "The medicine is admitted to reimbursement.", version=medicament)
        yield Condition("PRICE", True, "Its public price and its base are published.", version=medicament)
    elif medicament is not None and result.status in (HOSPITAL_ONLY, NO_TARIFF):
        yield Condition("PRICE", False, _why(result), PRICE_UNKNOWN)
    else:
        yield Condition("MEDICINE", False, _why(result), DRUG_NOT_REIMBURSABLE)


def _why(result: Result) -> str:
    quote = result.quote
    if quote.errors:
        return quote.errors[0].message
    return quote.steps[-1].text if quote.steps else quote.status


def _pharmacy(inpe: str | None, organisme: str, adhesion: Version | None) -> Condition:
    if inpe is None:
        return Condition("PHARMACY", None, "No INPE was given: the pharmacy was not looked at.")
    if adhesion is None:
        text = f"The pharmacy {inpe} has declared nothing: it is a member, as every pharmacy is by default."
        return Condition("PHARMACY", True, text)
    etat = adhesion.payload["etat"]
    text = f"The pharmacy {inpe} is {etat} for {organisme} from {adhesion.period.start}."
    return Condition("PHARMACY", etat not in _STANDINGS, text, _STANDINGS.get(etat), adhesion)


def _patient(declared: Declared, day: date) -> Iterator[Condition]:
    if declared.exoneration:
        yield Condition("ALD", True, "An ALD exempt from the ticket modérateur is declared.")
    else:
        yield Condition("ALD", False, "No ALD is declared for the patient.", ALD_NOT_DECLARED)
    if declared.pec is None:
        yield Condition("PRIOR_AGREEMENT", False, "No agreement of the payer is declared.", PRIOR_AGREEMENT_MISSING)
    elif declared.pec_until is not None and declared.pec_until < day:
        text = f"The agreement {declared.pec} ended on {declared.pec_until}."
        yield Condition("PRIOR_AGREEMENT", False, text, PRIOR_AGREEMENT_EXPIRED)
    else:
        until = declared.pec_until or "a day that was not told"
        yield Condition("PRIOR_AGREEMENT", True, f"The agreement {declared.pec} is declared, valid until {until}.")
