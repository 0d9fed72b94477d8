"""The way of a dossier, from its reception to the arrêté (DOMAIN 1.6). A release tells when it is published."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Where a dossier stands."""

    RECU = "recu"
    INCOMPLET = "incomplet"
    RECEVABLE = "recevable"
    INSCRIT = "inscrit"
    AVIS_RENDU = "avis_rendu"
    CEFPS = "cefps"
    TRANSMIS = "transmis"
    ARRETE = "arrete"
    REFUSE = "refuse"
    RETIRE = "retire"


PUBLIE = "publie"
"""What is shown once a release has published the draft the dossier ends in; never written."""

LABELS: Mapping[str, str] = {
    State.RECU: "Reçu",
    State.INCOMPLET: "Incomplet",
    State.RECEVABLE: "Recevable",
    State.INSCRIT: "Inscrit à une séance",
    State.AVIS_RENDU: "Avis rendu",
    State.CEFPS: "Devant la CEFPS",
    State.TRANSMIS: "Transmis au ministre",
    State.ARRETE: "Arrêté pris",
    PUBLIE: "Publié",
    State.REFUSE: "Refusé",
    State.RETIRE: "Retiré par le laboratoire",
}

# No text gives the commission a delay: none is checked. An opinion may be taken up again at a later meeting, for
# "avis définitif" implies a provisional one; a generic of a listed DCI goes from its opinion straight to the GMR.
MOVES: Mapping[State, tuple[State, ...]] = {
    State.RECU: (State.RECEVABLE, State.INCOMPLET, State.RETIRE),
    State.INCOMPLET: (State.RECEVABLE, State.REFUSE, State.RETIRE),
    State.RECEVABLE: (State.INSCRIT, State.INCOMPLET, State.RETIRE),
    State.INSCRIT: (State.AVIS_RENDU, State.RECEVABLE, State.RETIRE),
    State.AVIS_RENDU: (State.CEFPS, State.INSCRIT, State.REFUSE, State.RETIRE),
    State.CEFPS: (State.TRANSMIS, State.REFUSE, State.RETIRE),
    State.TRANSMIS: (State.ARRETE, State.CEFPS, State.REFUSE, State.RETIRE),
    State.ARRETE: (),
    State.REFUSE: (),
    State.RETIRE: (),
}
PATH = (
    State.RECU, State.RECEVABLE, State.INSCRIT, State.AVIS_RENDU, State.CEFPS, State.TRANSMIS, State.ARRETE,
)  # fmt: skip
"""The whole way of a dossier that succeeds."""

WITH_OPINIONS = (State.INSCRIT, State.AVIS_RENDU)
"""While the commission deliberates, its opinions may be written and changed."""
FROM_OPINION = (State.AVIS_RENDU, State.CEFPS, State.TRANSMIS, State.ARRETE, State.REFUSE)
"""Once the opinion is given, it may be staged and the outcome linked."""


def label(state: str) -> str:
    """The French name of a state."""
    return LABELS[state]
