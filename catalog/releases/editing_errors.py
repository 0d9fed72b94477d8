"""What editing by hand refuses, each error with what a form needs to tell it beside the right field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalog.errors import ConflictError, InvalidError, NotFoundError
from catalog.temporal import Period
from catalog.validation import Violation


class ValueRefusedError(InvalidError):
    """A value typed for a field that cannot be read as one of its type. ``remedy`` says how to write it."""

    def __init__(self, label: str, text: str, remedy: str) -> None:
        self.label, self.text, self.remedy = label, text, remedy
        super().__init__(f"{label}: {text!r} cannot be read. {remedy}")


class ValueMissingError(ValueRefusedError):
    """A field that may not be empty was left so."""

    def __init__(self, label: str) -> None:
        super().__init__(label, "", "This field may not be empty.")
        self.args = (f"{label} is missing. This field may not be empty.",)


class ValuesRefusedError(InvalidError):
    """Several fields at once; ``errors`` has one error for each name."""

    def __init__(self, errors: Mapping[str, ValueRefusedError]) -> None:
        self.errors = dict(errors)
        super().__init__(" ".join(str(error) for error in errors.values()))


class UnknownFieldError(InvalidError):
    def __init__(self, label: str, field: str) -> None:
        super().__init__(f"A {label} has no field named {field!r}.")


class ReasonRequiredError(InvalidError):
    def __init__(self) -> None:
        super().__init__("A correction of the past needs its reason: say what was wrong and how it was found.")


class NothingInForceError(ConflictError):
    def __init__(self, label: str, code: str, day: date) -> None:
        super().__init__(
            f"Nothing is in force for the {label} {code} on {day}: add the entry from that day on instead."
        )


class AlreadyInForceError(ConflictError):
    """``period`` is that of the value found there."""

    def __init__(self, label: str, code: str, period: Period) -> None:
        self.period = period
        super().__init__(f"The {label} {code} already holds {period}: change it instead of adding it.")


class LaterValuesError(ConflictError):
    """A withdrawal that would silently take later values with it. ``days`` are their starts."""

    def __init__(self, label: str, code: str, days: Sequence[date]) -> None:
        self.days = list(days)
        shown = ", ".join(map(str, days))
        super().__init__(
            f"The {label} {code} has later values, from {shown}: say that they are withdrawn too, or give the end of "
            "the withdrawal."
        )


class NothingChangedError(ConflictError):
    def __init__(self, label: str, code: str) -> None:
        super().__init__(f"Nothing changes for the {label} {code}: these values hold already.")


class UnknownChangeError(NotFoundError):
    def __init__(self, draft: int, change: int) -> None:
        super().__init__(f"Draft {draft} has no change {change}: it was taken out, or replaced by a later one.")


@dataclass(frozen=True, slots=True)
class Moved:
    """A field that is no longer what its editor saw; ``by`` is who changed it, None where a release did."""

    field: str
    label: str
    seen: object
    now: object
    by: str | None


class FieldMovedError(ConflictError):
    """Somebody changed a field between the moment it was shown and the moment it was sent."""

    def __init__(self, code: str, moved: Sequence[Moved]) -> None:
        self.moved = list(moved)
        told = ", ".join(f"{m.label} (by {m.by or 'a release'})" for m in moved)
        super().__init__(f"Entry {code} was changed meanwhile: {told}. Look at the value it has now, then decide.")


class RuleBrokenError(ConflictError):
    """The entry would break rules that nothing may break."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        self.violations = list(violations)
        super().__init__(" ".join(f"{found.message} {found.remedy}".strip() for found in violations))
