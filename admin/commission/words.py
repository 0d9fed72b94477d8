"""What the room calls things: states and their colours, decisions, scopes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from admin.commission.reading import address
from admin.french import value_name
from catalog.gmr.commission import meetings
from catalog.gmr.commission.equivalents import BASES
from catalog.gmr.commission.states import LABELS, PUBLIE, State
from catalog.gmr.schemas import DECISIONS, TYPES_DEMANDE

TONES: Mapping[str, str] = {
    State.RECU: "info",
    State.INCOMPLET: "warn",
    State.RECEVABLE: "info",
    State.INSCRIT: "info",
    State.AVIS_RENDU: "ok",
    State.CEFPS: "warn",
    State.TRANSMIS: "warn",
    State.ARRETE: "ok",
    PUBLIE: "ok",
    State.REFUSE: "alarm",
    State.RETIRE: "soft",
}
DECISION_TONES = {"FAVORABLE": "ok", "DEFAVORABLE": "alarm", "AVEC_RESERVE": "warn"}
MEETING_TONES = {"prevue": "info", "tenue": "ok", "annulee": "soft"}
SCOPES = {
    "codes": "Les présentations dont voici les codes",
    "dci": "Une DCI, avec ses dosages et sa forme s’ils sont donnés",
    "classe": "Toute une classe thérapeutique",
}
PURPOSES = {"avis": "Avis", "gmr": "Version du guide"}
MOVE_VERBS: Mapping[str, str] = {
    State.INCOMPLET: "Déclarer incomplet",
    State.RECEVABLE: "Déclarer recevable",
    State.INSCRIT: "Inscrire à une séance",
    State.AVIS_RENDU: "Rendre l’avis",
    State.CEFPS: "Soumettre à la CEFPS",
    State.TRANSMIS: "Transmettre au ministre",
    State.ARRETE: "Noter l’arrêté",
    State.REFUSE: "Refuser",
    State.RETIRE: "Noter le retrait par le laboratoire",
}
TYPES = [(name, value_name("type_demande", name)) for name in TYPES_DEMANDE]
CHOICES = [(name, value_name("decision", name)) for name in DECISIONS]

WORDS: Mapping[str, Any] = {
    "states": LABELS,
    "tones": TONES,
    "decisions": dict(CHOICES),
    "decision_tones": DECISION_TONES,
    "types": dict(TYPES),
    "meeting_states": meetings.LABELS,
    "meeting_tones": MEETING_TONES,
    "purposes": PURPOSES,
    "bases": BASES,
    "address": address,
}
"""What every template of the room may name."""


def move_verb(state: str, seen: str) -> str:
    """What a step is called on its button, which depends on where the dossier stands."""
    if state == State.RECEVABLE and seen == State.INSCRIT:
        return "Reporter : retirer de l’ordre du jour"
    if state == State.INSCRIT and seen == State.AVIS_RENDU:
        return "Réinscrire à une séance"
    if state == State.CEFPS and seen == State.TRANSMIS:
        return "Renvoyer devant la CEFPS"
    return MOVE_VERBS[state]
