"""Everything the domain refuses, each error writing its own sentence. No HTTP codes here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


class CatalogError(Exception):
    """Root of the domain's refusals; ``str(error)`` is a sentence for a person."""


class InvalidError(CatalogError):
    """A value that breaks a rule of its own, whatever the catalogue holds."""


class DateError(InvalidError):
    def __init__(self, text: object, expected: str = "a day written YYYY-MM-DD") -> None:
        super().__init__(f"{str(text)!r} is not a date that can be read: write {expected}.")


class PeriodError(InvalidError):
    def __init__(self, start: date, end: date) -> None:
        super().__init__(f"A period must end after it starts: {start} to {end} (excluded) holds no day.")


class MoneyError(InvalidError):
    def __init__(self, text: object) -> None:
        super().__init__(f"{str(text)!r} is not an amount in dirhams with at most two decimals, such as 29.70.")


class CodeError(InvalidError):
    def __init__(self, code: object, why: str) -> None:
        super().__init__(f"Code {str(code)!r} cannot be read: {why}")


class PayloadError(InvalidError):
    """Fields of an entry that do not fit its schema. ``messages`` maps a field to its complaints."""

    def __init__(self, kind: str, code: str, messages: dict[str, list[str]]) -> None:
        self.kind, self.code, self.messages = kind, code, messages
        told = "; ".join(f"{field}: {' '.join(said)}" for field, said in messages.items())
        super().__init__(f"{kind} {code}: {told}")


class NotFoundError(CatalogError):
    """Nothing of that name was ever known."""


class UnknownKindError(NotFoundError):
    def __init__(self, kind: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no kind named {kind!r}. Known kinds: {', '.join(known)}.")


class UnknownCodeError(NotFoundError):
    def __init__(self, label: str, code: str) -> None:
        super().__init__(f"No {label} with code {code} has ever been published.")


class NotInForceError(NotFoundError):
    """A known code with nothing in force that day; names the periods in which it was."""

    def __init__(self, label: str, code: str, day: date, periods: Sequence[str]) -> None:
        self.periods = list(periods)
        when = "; ".join(periods) if periods else "at no date, as known at that release"
        super().__init__(f"The {label} {code} is not in force on {day}. It is in force {when}.")


class UnknownReleaseError(NotFoundError):
    def __init__(self, asked: object) -> None:
        super().__init__(f"There is no release {asked}.")


class NothingPublishedError(NotFoundError):
    def __init__(self, instant: str) -> None:
        super().__init__(f"Nothing had been published at {instant}.")


class UnknownDraftError(NotFoundError):
    def __init__(self, draft: object) -> None:
        super().__init__(f"There is no draft {draft}.")


class UnknownLegalActError(InvalidError):
    def __init__(self, code: str) -> None:
        super().__init__(
            f"The legal act {code!r} is not in the catalogue. Give its TOML file, or import it first with "
            "`amo-catalog import actes-juridiques`."
        )


class ConflictError(CatalogError):
    """The request is well formed, but the state of the catalogue forbids it."""


class DraftStateError(ConflictError):
    def __init__(self, draft: int, status: str, verb: str, needed: str) -> None:
        super().__init__(f"Draft {draft} is {status}: to {verb} it, it must be {needed}.")


class EmptyDraftError(ConflictError):
    def __init__(self, draft: int) -> None:
        super().__init__(f"Draft {draft} proposes no change.")


class FourEyesError(ConflictError):
    def __init__(self, who: str, why: str) -> None:
        super().__init__(f"{who} cannot approve this draft: {why}. A second person must.")


class LegalActRequiredError(ConflictError):
    def __init__(self, draft: int) -> None:
        super().__init__(f"Draft {draft} names no legal act: nothing is published without its legal ground.")


class StaleDraftError(ConflictError):
    """Another release changed what the draft builds on. ``entries`` lists them as ``kind code``."""

    def __init__(self, draft: int, base: int, head: int, entries: Sequence[str]) -> None:
        self.entries = list(entries)
        shown = ", ".join(self.entries[:10]) + (f" and {len(self.entries) - 10} more" if len(self.entries) > 10 else "")
        super().__init__(
            f"Draft {draft} was written on release {base}; release {head} is now the newest and changed what it "
            f"touches: {shown}. Rebase it, look at the difference, and submit it again."
        )


class OverlapError(ConflictError):
    def __init__(self, detail: str) -> None:
        super().__init__(f"Two values would hold for one entry on one day: {detail}.")


class PublicationTimeError(ConflictError):
    def __init__(self, why: str) -> None:
        super().__init__(f"The instant of publication is refused: {why}.")


class LabelTakenError(ConflictError):
    def __init__(self, label: str) -> None:
        super().__init__(f"A release is already labelled {label!r}.")


class SealedError(ConflictError):
    """The database refused to alter what is published."""


class DatabaseBehindError(ConflictError):
    def __init__(self, detail: str) -> None:
        super().__init__(f"The database is not ready: {detail}. Run `amo-catalog init`.")


class NotAllowedError(CatalogError):
    def __init__(self, who: str, verb: str, roles: Sequence[str]) -> None:
        super().__init__(f"{who} may not {verb}: that takes the role {' or '.join(roles)}.")
