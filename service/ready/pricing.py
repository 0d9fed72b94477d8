"""Lines to price, read and answered without the framework; whatever is not an ordinary body is left to it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from catalog.errors import CatalogError
from service.api.bodies import JSON, NDJSON
from service.api.reading import read_plain, split_query
from service.api.tarifications import TarificationQuery, answer_body
from service.clock import Clock
from service.ready.sending import FOUND, Reply
from service.state import ServedCatalogue

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

PATH = "/api/v1/tarifications"


class Prices:
    """Prices bodies of at most ``most`` bytes."""

    def __init__(self, catalogue: ServedCatalogue, clock: Clock, most: int) -> None:
        self._catalogue = catalogue
        self._clock = clock
        self._most = most

    def find(self, environ: WSGIEnvironment) -> Reply | None:
        """The reply to a body that can be answered; else None, with the body still to be read by another."""
        length, medium = environ.get("CONTENT_LENGTH", ""), environ.get("CONTENT_TYPE", "")
        if environ["REQUEST_METHOD"] != "POST" or medium not in (JSON, NDJSON):
            return None
        if not (length.isascii() and length.isdigit() and 0 < int(length[:12]) <= self._most):
            return None
        given = split_query(environ.get("QUERY_STRING", ""))
        query = None if given is None else read_plain(TarificationQuery, given)
        if query is None:
            return None
        data = environ["wsgi.input"].read(int(length))
        environ["wsgi.input"] = BytesIO(data)
        if len(data) != int(length):
            return None
        try:
            answered = answer_body(data, medium, query, self._catalogue.current(), self._clock())
        except CatalogError:
            return None
        headers = (*answered.headers.items(), ("Content-Type", answered.content_type))
        if isinstance(answered.chunks, list):
            headers = (*headers, ("Content-Length", str(sum(map(len, answered.chunks)))))
        return Reply(FOUND, headers, answered.chunks)
