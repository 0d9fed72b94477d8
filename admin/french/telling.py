"""Sentences of the domain in French: refusals, broken rules, complaints about fields, notes of an import."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from admin.french import commission, details, files, people, refusals, values
from admin.french.phrasing import Phrasebook, typeset
from admin.french.reading import OF_FILES
from admin.french.rules import OF_ACTS, OF_CONVENTIONS, OF_DEVICES, OF_MEDICINES, OF_TERMS
from catalog.errors import CatalogError, PayloadError
from catalog.importing.findings import ReadingRule
from catalog.importing.running import ImportRefusedError
from catalog.kinds import Kind
from catalog.registry import KINDS
from catalog.validation import Rule, Violation

RULES = {**OF_MEDICINES, **OF_CONVENTIONS, **OF_ACTS, **OF_DEVICES, **OF_TERMS, **OF_FILES}
_SENTENCES = (*refusals.PAIRS, *people.PAIRS, *commission.PAIRS, *values.PAIRS, *files.PAIRS, *details.WHOLE)
BOOK = Phrasebook(_SENTENCES)
DETAILS = Phrasebook((*_SENTENCES, *details.PAIRS))


def sentence(error: CatalogError) -> str:
    """The French of a refusal. One without French is told in its own words: never hidden."""
    if isinstance(error, PayloadError):
        return typeset(" ".join(_told_fields(error)))
    if isinstance(error, ImportRefusedError):
        return _told_report(error)
    return told(str(error))


def told(text: str) -> str:
    """The French of a sentence, a remedy or a note; the text itself where no phrase fits."""
    return BOOK.tell(text) or text


def field_sentence(message: str) -> str:
    """The French of one complaint of a schema about a field."""
    return told(message)


def rule_sentence(violation: Violation) -> str:
    """The French of a broken rule with what was found."""
    known = RULES.get(violation.rule)
    if known is None:
        return told(violation.message)
    said = _english().get(violation.rule, "")
    detail = violation.message.removeprefix(said).strip() if said and violation.message.startswith(said) else ""
    if not detail and violation.message != said:
        # A violation made apart from its rule tells its own sentence.
        return BOOK.tell(violation.message) or typeset(known[0])
    return typeset(f"{known[0]} {told_detail(detail)}".strip())


def told_detail(detail: str) -> str:
    """The French of what follows a rule. ``(…)`` may hold the sentence of a field or of a code."""
    if detail.startswith("(") and detail.endswith(")"):
        inner = BOOK.tell(detail[1:-1])
        if inner is not None:
            return f"({inner})"
    return DETAILS.value(detail) if detail else ""


def remedy_sentence(violation: Violation) -> str:
    """The French of what to do about a broken rule."""
    known = RULES.get(violation.rule)
    return typeset(known[1]) if known else told(violation.remedy)


def _told_fields(error: PayloadError) -> Iterable[str]:
    kind = next((kind for kind in KINDS if kind.label == error.kind), None)
    for field, said in error.messages.items():
        told_lines = [field_sentence(line) for line in said]
        label = _label(kind, field)
        yield " ".join(line if line.startswith(label) else f"{label} : {_lowered(line)}" for line in told_lines)


def _lowered(line: str) -> str:
    """A sentence that goes on after a colon."""
    return line[:1].lower() + line[1:]


def _label(kind: Kind | None, field: str) -> str:
    known = kind.fields.get(field) if kind else None
    return known.label if known else f"« {field} »"


def _told_report(error: ImportRefusedError) -> str:
    errors = error.report.errors
    first = errors[0]
    where = f"ligne {first.row}" if first.row else "le fichier"
    counted = "1 erreur" if len(errors) == 1 else f"{len(errors)} erreurs"
    return typeset(
        f"Le fichier contient {counted} ; rien n’a été écrit. La première, {where} : "
        f"{rule_sentence(first)} {remedy_sentence(first)}"
    )


@cache
def _english() -> dict[str, str]:
    """By rule, the sentence that its violations begin with."""
    said = {type(rule).__name__: rule.message() for kind in KINDS for rule in kind.rules}
    for reading in ReadingRule.__subclasses__():
        said[reading.__name__] = (reading.__doc__ or "").splitlines()[0]
    return said


def rules_of_registry() -> list[Rule]:
    """Every rule of every kind, for whoever lists them."""
    return [rule for kind in KINDS for rule in kind.rules]
