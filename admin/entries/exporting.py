"""A list as filtered and sorted, as a file: the columns of the catalogue's own exports, formulas made harmless."""

from __future__ import annotations

import re
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from flask import Response

from admin.entries.asking import Question
from admin.entries.listing import find_places
from admin.entries.tables import table_of
from catalog.export_rows import file_name
from catalog.exporting import UnknownFormatError, find_format
from catalog.snapshots.reading import Snapshot, Version

FORMATS = ("csv", "xlsx", "jsonl")
KEPT_IN_MEMORY = 2**20
PIECE = 2**16


def send_list(snapshot: Snapshot, question: Question, format_name: str) -> Response:
    """The whole list, not a page of it, in the order shown. Raises UnknownFormatError.

    It is written before the first byte is sent, on disk once it is large: an error on the way is an answer, not half a
    file.
    """
    if format_name not in FORMATS:
        raise UnknownFormatError(format_name)
    chosen = find_format(format_name)
    made = SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115 - closed by the answer
    chosen.write(question.kind, versions(snapshot, question), cast(BinaryIO, made))
    length = made.tell()
    made.seek(0)
    answer = Response(_pieces(cast(BinaryIO, made)), content_type=chosen.media_type)
    answer.content_length = length
    answer.call_on_close(made.close)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name_of(snapshot, question, format_name)}"'
    return answer


def versions(snapshot: Snapshot, question: Question) -> Iterator[Version]:
    """Everything the list holds, in its order."""
    table = table_of(snapshot, question.kind, question.moment)
    return (table.versions[place] for place in find_places(table, question))


def name_of(snapshot: Snapshot, question: Question, format_name: str) -> str:
    """Kind, release and day, and whether it is a part: ``medicaments-release-4-06-23-2014-07-01-filtre.csv``."""
    moment = question.moment
    label = snapshot.release(moment.release).label if moment.release else None
    whole = file_name(question.kind, moment.release, label, moment.as_of, format_name)
    return re.sub(r"(\.\w+)$", r"-filtre\1", whole) if question.is_narrowed else whole


def _pieces(made: BinaryIO) -> Iterator[bytes]:
    while piece := made.read(PIECE):
        yield piece
