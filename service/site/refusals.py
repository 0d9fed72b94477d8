"""Why a page cannot be shown, in words for the public: one table from the refusals of the domain."""

from __future__ import annotations

from dataclasses import dataclass

from catalog import errors
from catalog.search.question import QueryError
from catalog.snapshots.content import SnapshotDamagedError
from catalog.snapshots.store import NoSnapshotError
from service.site.languages import gettext, later


@dataclass(frozen=True, slots=True)
class Refusal:
    """A status, a title, and a sentence that says what to do."""

    status: int
    title: str
    text: str

    def told(self) -> Refusal:
        """The same in the language of the request."""
        return Refusal(self.status, gettext(self.title), gettext(self.text))


FAILED = Refusal(500, later("Erreur du service"), later("Le service n’a pas pu répondre. L’incident est consigné."))
UNREADABLE = Refusal(400, later("Demande illisible"), later("Cette adresse ne se lit pas."))
NOWHERE = Refusal(404, later("Introuvable"), later("Cette page n’existe pas, ou n’existe plus."))
UNAVAILABLE = Refusal(
    503,
    later("Indisponible pour le moment"),
    later("Le catalogue ne peut pas être lu. Réessayez dans quelques instants."),
)
REFUSALS: tuple[tuple[type[errors.CatalogError], Refusal], ...] = (
    (
        QueryError,
        Refusal(
            400,
            later("Recherche impossible"),
            later("Cette recherche est trop longue : écrivez quelques mots, ou un code."),
        ),
    ),
    (
        errors.CodeError,
        Refusal(400, later("Code illisible"), later("Ce code ne se lit pas. Vérifiez-le, ou cherchez par le nom.")),
    ),
    (
        errors.DateError,
        Refusal(400, later("Date illisible"), later("Cette date ne se lit pas : écrivez-la AAAA-MM-JJ.")),
    ),
    (errors.InvalidError, UNREADABLE),
    (errors.UnknownCodeError, Refusal(404, later("Code inconnu"), later("Rien n’a été publié sous ce code."))),
    (
        errors.NotInForceError,
        Refusal(
            404,
            later("Pas en vigueur"),
            later("Ce code est connu, mais rien n’est en vigueur sous ce code à cette date."),
        ),
    ),
    (
        errors.UnknownReleaseError,
        Refusal(404, later("Version inconnue"), later("Aucune version n’a été publiée sous ce numéro.")),
    ),
    (
        errors.NothingPublishedError,
        Refusal(404, later("Rien de publié"), later("Rien n’avait encore été publié à cette date.")),
    ),
    (errors.NotFoundError, NOWHERE),
    (
        errors.ConflictError,
        Refusal(
            409,
            later("Données contradictoires"),
            later("Le catalogue publié se contredit sur ce point : aucune réponse sûre ne peut être donnée."),
        ),
    ),
    (NoSnapshotError, UNAVAILABLE),
    (SnapshotDamagedError, UNAVAILABLE),
)
"""The most precise type first."""
BY_STATUS = {
    404: NOWHERE,
    405: Refusal(405, later("Demande impossible"), later("Cette adresse ne répond pas à ce genre de demande.")),
}


def refusal_of(error: errors.CatalogError) -> Refusal:
    """What the public is told of a refusal of the domain."""
    return next((refusal for known, refusal in REFUSALS if isinstance(error, known)), FAILED).told()


def refusal_of_status(status: int) -> Refusal:
    """What the public is told when an address leads nowhere, or something failed."""
    known = BY_STATUS.get(status) or (UNREADABLE if status < 500 else FAILED)
    return Refusal(status, known.title, known.text).told()
