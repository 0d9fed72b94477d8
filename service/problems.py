"""Every refusal over HTTP has one shape, RFC 9457, and one table says which status each gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, request
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException

from admin import refusals as pages
from catalog import errors
from catalog.export_parquet import FormatUnavailableError
from catalog.export_xlsx import SheetFullError
from catalog.search.question import QueryError
from catalog.snapshots.content import SnapshotDamagedError
from catalog.snapshots.store import NoSnapshotError
from service.answers import plain_json
from service.site import rooms as site
from service.site.refusals import refusal_of, refusal_of_status

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"
CONSOLE = "/admin"
MACHINES = ("/api", "/healthz", "/readyz", "/metrics", "/static")
"""Addresses that programs ask for, whatever they say they accept."""
DOCUMENTED_AT = "/api/docs#problem-"


class ParametersError(errors.InvalidError):
    """Parameters of a request that cannot be read. ``messages`` maps each to its complaints."""

    def __init__(self, messages: Mapping[str, Sequence[str]]) -> None:
        self.messages = messages
        super().__init__(" ".join(f"{name}: {' '.join(said)}" for name, said in messages.items()))


class MalformedBodyError(errors.InvalidError):
    """A body that is not of its media type."""


class BodyError(ParametersError):
    """Members of a well-formed body that break a rule; those of its lines are told line by line."""


class MediaTypeError(errors.InvalidError):
    """A body that is not written in a way that is read here."""


class TooManyLinesError(errors.InvalidError):
    def __init__(self, sent: int, most: int) -> None:
        super().__init__(f"{sent} lines were sent: at most {most} are answered at once.")


class KeyNeededError(errors.CatalogError):
    def __init__(self, scope: str) -> None:
        super().__init__(f"This needs a machine key good for {scope}, sent as Authorization: Bearer.")


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of refusal. ``slug`` ends the address that documents it; ``field`` is what it is about, if one thing."""

    error: type[errors.CatalogError]
    status: int
    slug: str
    title: str
    field: str | None = None


PROBLEMS = (
    ProblemType(BodyError, 422, "body", "Body breaks a rule"),
    ProblemType(MalformedBodyError, 400, "malformed-body", "Body cannot be read"),
    ProblemType(MediaTypeError, 415, "media-type", "Media type not read here"),
    ProblemType(TooManyLinesError, 413, "too-many-lines", "Too many lines"),
    ProblemType(ParametersError, 400, "parameters", "Parameters cannot be read"),
    ProblemType(QueryError, 400, "query", "Query cannot be answered", "q"),
    ProblemType(errors.CodeError, 400, "malformed-code", "Malformed code", "code"),
    ProblemType(errors.InvalidError, 400, "invalid", "Invalid request"),
    ProblemType(errors.UnknownCodeError, 404, "unknown-code", "Unknown code"),
    ProblemType(errors.NotInForceError, 404, "not-in-force", "Not in force that day"),
    ProblemType(errors.UnknownReleaseError, 404, "unknown-release", "Unknown release"),
    ProblemType(errors.NothingPublishedError, 404, "nothing-published", "Nothing published yet"),
    ProblemType(errors.NotFoundError, 404, "not-found", "Not found"),
    ProblemType(KeyNeededError, 401, "key-needed", "Machine key needed"),
    ProblemType(errors.NotAllowedError, 403, "not-allowed", "Not allowed"),
    ProblemType(errors.ConflictError, 409, "conflict", "Conflict"),
    ProblemType(SheetFullError, 409, "sheet-full", "Too many rows for a sheet"),
    ProblemType(FormatUnavailableError, 501, "format-unavailable", "Format not installed"),
    ProblemType(NoSnapshotError, 503, "no-snapshot", "Nothing to read from"),
    ProblemType(SnapshotDamagedError, 503, "snapshot-damaged", "Snapshot damaged"),
)
"""The most precise type first."""


def problem(
    status: int, slug: str | None, title: str, detail: str, faults: Sequence[Mapping[str, str]] = ()
) -> Response:
    """One refusal; without a slug its status says all there is to say."""
    body: dict[str, Any] = {
        "type": f"{DOCUMENTED_AT}{slug}" if slug else "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
    }
    if faults:
        body["errors"] = list(faults)
    return plain_json(body, status, MEDIA_TYPE)


def refuse(error: errors.CatalogError) -> Response:
    """The answer to a refusal of the domain."""
    found = next((known for known in PROBLEMS if isinstance(error, known.error)), None)
    if found is None:
        log.error("refusal without a status", exc_info=error)
        return _failure()
    response = problem(found.status, found.slug, found.title, str(error), list(_faults(error, found.field)))
    if found.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _faults(error: errors.CatalogError, field: str | None) -> list[dict[str, str]]:
    if isinstance(error, ParametersError | errors.PayloadError):
        return [{"field": name, "message": line} for name, said in error.messages.items() for line in said]
    return [{"field": field, "message": str(error)}] if field else []


def refuse_by_status(error: HTTPException) -> Response:
    """404 of an address nobody serves, 405, 413 and the like; their own headers (Allow) are kept."""
    status = error.code or 500
    response = problem(status, None, HTTPStatus(status).phrase, error.description or HTTPStatus(status).description)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _refuse_unforeseen(error: Exception) -> Response:
    log.error("unforeseen error", exc_info=error)
    return _failure()


def _failure() -> Response:
    return problem(500, None, "Internal Server Error", "The service failed; the log of this request tells why.")


def register_problems(app: Flask) -> None:
    """Problems for callers of the API; pages for people, in French in the console, in their language on the site."""
    app.register_error_handler(errors.CatalogError, _for_reader(refuse, pages.refuse, _show_refusal))
    app.register_error_handler(HTTPException, _for_reader(refuse_by_status, pages.refuse_http, _show_status))
    app.register_error_handler(Exception, _for_reader(_refuse_unforeseen, _show_unforeseen, _show_failure))


def _show_unforeseen(error: Exception) -> Response:
    log.error("unforeseen error", exc_info=error)
    return pages.answer(500, pages.FAILED)


def _show_refusal(error: errors.CatalogError) -> Response:
    return site.refuse(None, refusal_of(error))


def _show_status(error: HTTPException) -> Response:
    return site.refuse(None, refusal_of_status(error.code or 500))


def _show_failure(error: Exception) -> Response:
    log.error("unforeseen error", exc_info=error)
    return site.refuse(None, refusal_of_status(500))


Answer = Callable[[Any], Response]


def _for_reader(told: Answer, in_console: Answer, on_site: Answer) -> Answer:
    def answer(error: Any) -> Response:
        if request.path.startswith(CONSOLE):
            return in_console(error)
        # Where the host itself cannot be read there is no way to write an address, hence no page.
        return on_site(error) if _is_person() and request_ctx.url_adapter is not None else told(error)

    return answer


def _is_person() -> bool:
    """Whether the caller asked for a page: browsers say that they accept HTML, programs seldom do."""
    return (
        not request.path.startswith(MACHINES)
        and request.accept_mimetypes.accept_html
        and "html" in str(request.accept_mimetypes)
    )
