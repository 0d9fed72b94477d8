"""What the commission's verbs refuse."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from catalog.errors import ConflictError, InvalidError, NotFoundError


class UnknownDossierError(NotFoundError):
    def __init__(self, asked: object) -> None:
        super().__init__(f"There is no dossier {asked}.")


class UnknownMeetingError(NotFoundError):
    def __init__(self, asked: object) -> None:
        super().__init__(f"There is no meeting {asked}.")


class UnknownOpinionError(NotFoundError):
    def __init__(self, dossier: str, rank: object) -> None:
        super().__init__(f"Dossier {dossier} has no opinion {rank}.")


class UnknownItemError(NotFoundError):
    def __init__(self, dossier: str, position: object) -> None:
        super().__init__(f"Dossier {dossier} concerns no presentation numbered {position}.")


class NumberTakenError(ConflictError):
    def __init__(self, what: str, number: str) -> None:
        super().__init__(f"The number {number} is already that of another {what}.")


class MoveRefusedError(ConflictError):
    def __init__(self, dossier: str, state: str, asked: str, allowed: Iterable[str]) -> None:
        shown = ", ".join(allowed) or "nothing"
        super().__init__(f"Dossier {dossier} is {state}: it cannot become {asked}. What may follow: {shown}.")


class DossierMovedError(ConflictError):
    """Somebody moved the dossier since the page was shown."""

    def __init__(self, dossier: str, state: str) -> None:
        super().__init__(f"Dossier {dossier} has become {state} in the meantime: look at it again before you act.")


class MoveDayError(InvalidError):
    def __init__(self, day: date, why: str) -> None:
        super().__init__(f"The day {day} is refused: {why}.")


class NeedsError(ConflictError):
    """Something must come first."""

    def __init__(self, dossier: str, asked: str, lacking: str) -> None:
        super().__init__(f"Dossier {dossier} cannot become {asked}: {lacking}.")


class NotNowError(ConflictError):
    """A verb that the state of the dossier forbids."""

    def __init__(self, dossier: str, state: str, what: str) -> None:
        super().__init__(f"Dossier {dossier} is {state}: {what}.")


class EmptyTargetError(InvalidError):
    def __init__(self, why: str) -> None:
        super().__init__(f"The opinion touches no presentation: {why}.")


class UnknownLevelError(InvalidError):
    def __init__(self, liste: str, level: str, known: Iterable[str]) -> None:
        shown = ", ".join(known) or "none"
        super().__init__(f"{level!r} is not a level of {liste}; levels of the list in force: {shown}.")


class PosologyError(InvalidError):
    def __init__(self, what: str, text: object) -> None:
        super().__init__(f"{what}: {str(text)!r} is not a number above zero with at most two decimals.")
