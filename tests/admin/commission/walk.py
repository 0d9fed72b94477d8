"""The steps of a dossier as they are done on the pages."""

from __future__ import annotations

from tests.admin.desk import Editor
from tests.api.catalogue import GENERIC, PRINCEPS

ROOM = "/admin/commission"
DOSSIER = f"{ROOM}/dossiers/2026-041"
RECEIVED = {
    "numero": "2026-041",
    "objet": "Inscription de DIAMICRON",
    "type_demande": "INSCRIPTION",
    "recu_le": "2026-09-01",
    "laboratoire": "Laboratoire d’essai",
}


def receive(editor: Editor, **told: str) -> None:
    editor.post(f"{ROOM}/nouveau", {**RECEIVED, **told}, status=302)


def step(editor: Editor, vers: str, jour: str = "2026-10-15", status: int = 302, **told: str) -> str:
    return editor.post(f"{DOSSIER}/etape", {"vers": vers, "jour": jour, **told}, status=status).text


def enrol(editor: Editor) -> None:
    """A dossier on the agenda of a meeting that was held."""
    receive(editor)
    step(editor, "recevable", "2026-09-03")
    editor.post(f"{ROOM}/seances", {"numero": "2026-10", "jour": "2026-10-15"}, status=302)
    step(editor, "inscrit", "2026-09-04", seance="1")
    held = {"numero": "2026-10", "jour": "2026-10-15", "statut": "tenue", "proces_verbal": "Lu et approuvé."}
    editor.post(f"{ROOM}/seances/1", held, status=302)


OPINION = {
    "decision": "FAVORABLE",
    "smr": "IMPORTANT",
    "portee": "codes",
    "codes": f"{PRINCEPS} {GENERIC}",
    "indication": "Diabète de type 2",
    "garder": "1",
}


def give(editor: Editor, **told: str) -> None:
    """The same with its opinion given."""
    enrol(editor)
    editor.post(f"{DOSSIER}/avis", {**OPINION, **told}, status=302)
    step(editor, "avis_rendu")
