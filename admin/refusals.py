"""What the console answers when it cannot do what was asked: a French page, or JSON to a script."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Response, jsonify, make_response, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from admin.french import sentence
from catalog.errors import CatalogError, ConflictError, InvalidError, NotAllowedError, NotFoundError
from catalog.snapshots.content import SnapshotDamagedError
from catalog.snapshots.store import NoSnapshotError

log = structlog.get_logger()

STATUSES: tuple[tuple[type[CatalogError], int], ...] = (
    (NotFoundError, 404),
    (NotAllowedError, 403),
    (ConflictError, 409),
    (InvalidError, 422),
    (NoSnapshotError, 503),
    (SnapshotDamagedError, 503),
)
TITLES = {
    400: "Demande illisible",
    401: "Connexion nécessaire",
    403: "Accès refusé",
    404: "Introuvable",
    405: "Action impossible ici",
    409: "Action impossible",
    413: "Fichier trop volumineux",
    422: "Valeur refusée",
    429: "Trop d’essais",
    503: "Indisponible pour le moment",
}
FAILED = "Le serveur n’a pas pu répondre. L’incident est consigné."
SAID = {
    400: "La demande n’a pas pu être lue. Si la page est ouverte depuis longtemps, rechargez-la et recommencez.",
    401: "Votre session est terminée. Reconnectez-vous, puis recommencez.",
    403: "Votre rôle ne permet pas cette action. Un administrateur peut l’ajouter à votre compte.",
    404: "Cette page n’existe pas, ou n’existe plus.",
    405: "Cette adresse ne répond pas à ce genre de demande.",
    413: "L’envoi dépasse la taille acceptée par ce serveur (AMO_MAX_BODY_BYTES).",
}


def status_of(error: CatalogError) -> int:
    """The HTTP status of a refusal of the domain."""
    status = next((status for known, status in STATUSES if isinstance(error, known)), 500)
    return 400 if status == 422 and request.method == "GET" else status


def refuse(error: CatalogError) -> Response:
    """The answer to a refusal of the domain."""
    status = status_of(error)
    if status == 500:
        log.error("refusal without a status", exc_info=error)
    return answer(status, sentence(error))


def refuse_http(error: HTTPException) -> Any:
    """The answer to a refusal of HTTP itself; redirections pass."""
    status = error.code or 500
    if status < 400:
        return error
    return answer(status, SAID.get(status, FAILED))


def answer(status: int, text: str) -> Response:
    """A refusal in the form the caller reads."""
    title = TITLES.get(status, "Incident")
    if request.accept_mimetypes.best == "application/json" or request.is_json:
        return make_response(jsonify(title=title, message=text), status)
    sign_in = url_for("signing.sign_in", next=page_back()) if status == 401 else ""
    told = render_template("console/refusal.html", title=title, text=text, status=status, sign_in=sign_in)
    return make_response(told, status)


def page_back() -> str | None:
    """The page to come back to once signed in: the one read, or that of the form sent; None when it is not ours."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    sent_from = urlsplit(request.referrer or "")
    if f"{sent_from.scheme}://{sent_from.netloc}/" != request.host_url:
        return None
    address = sent_from.path + (f"?{sent_from.query}" if sent_from.query else "")
    return address if address.startswith("/admin/") else None
