"""The refusals of editing by hand, in French: which field, which value, what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from admin.drafts.forms import NotShownError
from admin.french import remedy_sentence, rule_sentence, sentence
from admin.french.phrasing import Phrasebook, typeset
from catalog.errors import CatalogError
from catalog.french import write_short_day
from catalog.releases import editing_errors as errors
from catalog.releases import editing_values as remedies
from catalog.temporal import DAWN, Period

REMEDIES = Phrasebook(
    (
        (remedies.AMOUNT, "Écrivez un montant supérieur à 0, en dirhams, comme 47,06 ou 1 250,00."),
        (remedies.RATE, "Écrivez un taux de 0 % à 100 %, avec son signe, comme 70 %."),
        (remedies.DAY, "Écrivez un jour comme 01/07/2014."),
        (remedies.FLAG, "Écrivez oui ou non."),
        (remedies.WHOLE_NUMBER, "Écrivez un nombre entier de {0} à {1}."),
        (remedies.DECIMAL, "Écrivez un nombre d’au plus deux décimales, comme 37,5."),
        (remedies.CHOICE, "Choisissez parmi : {0}."),
        (remedies.TEXT, "Écrivez un texte simple."),
        (remedies.LIST, "Écrivez les éléments dans l’ordre, séparés par « / »."),
    )
)


def french(error: CatalogError) -> str:
    """The French of any refusal; those of this room have sentences of their own."""
    for made, tell in _TELLERS:
        if isinstance(error, made):
            return typeset(tell(error))
    return sentence(error)


def _missing(error: Any) -> str:
    return f"{error.label} : ce champ ne peut pas rester vide."


def _refused(error: Any) -> str:
    remedy = REMEDIES.tell(error.remedy) or error.remedy
    return f"{error.label} : « {error.text} » n’est pas une valeur acceptée. {remedy}"


def _several(error: Any) -> str:
    return " ".join(french(found) for found in error.errors.values())


def _moved(error: Any) -> str:
    fields = ", ".join(f"« {moved.label} »" for moved in error.moved)
    people = {moved.by for moved in error.moved}
    who = " et ".join(sorted(person or "une version publiée" for person in people))
    return (
        f"Pendant que vous travailliez, {who} a changé {fields}. Rien n’a été écrit : regardez la valeur actuelle, "
        "puis gardez-la ou enregistrez la vôtre."
    )


def _broken(error: Any) -> str:
    return " ".join(f"{rule_sentence(found)} {remedy_sentence(found)}" for found in error.violations)


def _already(error: Any) -> str:
    return f"La fiche existe déjà {write_period(error.period)} : modifiez-la au lieu de l’ajouter."


def _later(error: Any) -> str:
    days = ", ".join(map(write_short_day, error.days))
    return (
        f"Des valeurs plus récentes sont enregistrées (à partir du {days}). Cochez « Retirer aussi les valeurs "
        "suivantes », ou donnez la fin du retrait."
    )


def write_period(period: Period) -> str:
    """``du 01/05/2014 au 01/07/2014 (exclu)``, ``à partir du 01/07/2014``, ``toujours``."""
    if period.is_open_ended:
        return "sans limite de date" if period.start == DAWN else f"à partir du {write_short_day(period.start)}"
    end = write_short_day(period.end)
    return f"jusqu’au {end} (exclu)" if period.start == DAWN else f"du {write_short_day(period.start)} au {end} (exclu)"


_TELLERS: tuple[tuple[type[CatalogError], Callable[[Any], str]], ...] = (
    (errors.ValueMissingError, _missing),
    (errors.ValueRefusedError, _refused),
    (errors.ValuesRefusedError, _several),
    (errors.UnknownFieldError, lambda _: "Ce champ n’existe pas pour cette sorte de fiche."),
    (
        errors.ReasonRequiredError,
        lambda _: (
            "Motif : une correction du passé se justifie. Donnez un motif (ce qui était faux et comment on l’a su), "
            "ou passez par « Corriger le passé »."
        ),
    ),
    (
        errors.NothingInForceError,
        lambda _: "Rien n’est en vigueur ce jour-là pour cette fiche : choisissez une autre date, ou ajoutez-la.",
    ),
    (errors.AlreadyInForceError, _already),
    (errors.LaterValuesError, _later),
    (errors.NothingChangedError, lambda _: "Rien à enregistrer : ces valeurs sont déjà celles du brouillon."),
    (
        errors.UnknownChangeError,
        lambda _: "Ce changement n’est plus dans le brouillon : il a été retiré, ou remplacé par un autre.",
    ),
    (
        NotShownError,
        lambda _: (
            "Le formulaire ne dit pas quelles valeurs la page montrait. Rien n’a été écrit : rechargez la page, puis "
            "refaites la modification."
        ),
    ),
    (errors.FieldMovedError, _moved),
    (errors.RuleBrokenError, _broken),
)
