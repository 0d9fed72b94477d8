"""The journal for programs that hold a machine key with the scope ``journal:lecture``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, current_app, request

from admin.accounts.keys import find_key, is_use_due, note_use
from catalog.database import reading, writing
from catalog.journal.exporting import write_jsonl
from catalog.journal.reading import entries_after
from service.answers import NEVER
from service.api.bodies import NDJSON
from service.api.endpoints import Endpoint, Media, Room
from service.api.parameters import NumberParameter, Query
from service.api.reading import read_query
from service.clock import Clock
from service.problems import KeyNeededError, ParametersError
from service.state import ServedCatalogue

room = Room("Journal", "Who did what in the console and on the command line, from what to what, chained by digests.")
SCOPE = "journal:lecture"
BEARER = "Bearer "


class JournalQuery(Query):
    after = NumberParameter("Number of the last entry you have.", minimum=0, maximum=999_999_999, load_default=0)
    limit = NumberParameter("Most entries to answer.", minimum=1, maximum=10_000, load_default=1000)


@dataclass(frozen=True)
class Keyed(Endpoint):
    """An endpoint that reads the tables and opens to a key; its answers are nobody else's to keep."""

    def __call__(self, catalogue: ServedCatalogue, clock: Clock, path: Mapping[str, str]) -> Response:
        query = read_query(self.query, request.args)
        check_key(catalogue, self.scope or "", clock)
        response = self.view(catalogue, **query)
        assert isinstance(response, Response)
        response.headers["Cache-Control"] = NEVER
        return response


def check_key(catalogue: ServedCatalogue, scope: str, clock: Clock) -> None:
    """Raises KeyNeededError unless the request carries a key that is good for the scope."""
    said, at = request.headers.get("Authorization", ""), clock()
    text = said.removeprefix(BEARER).strip() if said.startswith(BEARER) else ""
    with reading(catalogue.engine) as session:
        key = find_key(session, text, scope, at)
    if key is None:
        raise KeyNeededError(scope)
    # A machine that only reads cannot keep when a key was used.
    if is_use_due(key, at) and not current_app.config["READ_ONLY"]:
        with writing(catalogue.engine) as session:
            note_use(session, key, at)


def journal(catalogue: ServedCatalogue, after: int, limit: int) -> Response:
    """Entries of the journal after one you have, oldest first, one JSON object a line.

    Needs a machine key with the scope `journal:lecture`, in `Authorization: Bearer`. `digest` chains each entry to
    `prev_digest`; `before`, `after` and `detail` are the JSON texts it covers. An empty answer is the end.
    """
    with reading(catalogue.engine) as session:
        lines = "".join(write_jsonl(entries_after(session, after, limit)))
    return Response(lines, content_type=NDJSON)


room.endpoints.append(
    Keyed("/journal", journal, Media((NDJSON,)), JournalQuery, (KeyNeededError, ParametersError), room.tag, SCOPE)
)
