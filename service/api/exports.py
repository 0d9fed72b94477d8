"""Whole lists as files."""

from __future__ import annotations

from tempfile import TemporaryFile

from flask import Response, request
from werkzeug.wsgi import wrap_file

from catalog.errors import UnknownReleaseError
from catalog.export_parquet import FormatUnavailableError
from catalog.export_rows import file_name
from catalog.export_xlsx import SheetFullError
from catalog.exporting import FORMATS, export, find_format
from service.answers import PINNED, SHORT, digest, keep
from service.api.asking import Asked
from service.api.endpoints import Media, Room
from service.api.parameters import ChoiceParameter, Day, KindParameter
from service.version import VERSION

room = Room("Exports", "Everything of a kind in force on a day, as a file.")


class ExportQuery(Day):
    kind = KindParameter("What to export.", required=True)
    format = ChoiceParameter("How to write it.", tuple(FORMATS), required=True)


FILES = Media(tuple(found.media_type for found in FORMATS.values()))


@room.get(
    "/releases/{release}/export",
    FILES,
    query=ExportQuery,
    raises=(UnknownReleaseError, FormatUnavailableError, SheetFullError),
)
def release_export(asked: Asked) -> Response:
    """Everything of a kind in force on the day asked, as that release knew it; the catalogue imports it again.

    Codes are text; in csv and xlsx an apostrophe guards what a spreadsheet would take for a formula.
    """
    kind, name, clocks = asked.query["kind"], asked.query["format"], asked.clocks
    info = asked.snapshot.release(clocks.release)
    # The tag is known before the file is made: all that the bytes depend on is in it.
    tag = digest(VERSION, info.chain_digest, kind.name, name, clocks.as_of.isoformat())
    response = keep(Response(), tag, PINNED if clocks.is_pinned else SHORT)
    response.content_type = find_format(name).media_type
    shown = file_name(kind, info.seq, info.label, clocks.as_of, name)
    response.headers["Content-Disposition"] = f'attachment; filename="{shown}"'
    if response.status_code == 200:
        _fill(response, asked)
    return response


def _fill(response: Response, asked: Asked) -> None:
    """The file is made whole before its first byte leaves, so that no caller keeps half of one."""
    made = TemporaryFile()  # noqa: SIM115 - closed by the server, with the response
    export(asked.snapshot, asked.query["kind"], asked.moment, asked.query["format"], made)
    response.content_length = made.tell()
    made.seek(0)
    response.response = wrap_file(request.environ, made)
    response.direct_passthrough = True
    response.call_on_close(made.close)
