"""The room of the journal. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask import Response, abort, current_app, request
from flask_admin import expose

from admin.journal.asking import PAGE, Question, read_question
from admin.journal.chain import Watch
from admin.journal.telling import Told, tell
from admin.journal.words import action_name, action_options, action_tone, subject_name
from admin.room import Room, may
from admin.workplace import Workplace, workplace
from catalog.journal import reading
from catalog.journal.exporting import write_csv, write_jsonl
from catalog.journal.reading import Entry
from catalog.journal.recording import last_entry
from catalog.journal.verifying import entry_is_whole
from catalog.releases import guards

WRITERS: dict[str, tuple[str, Callable[[Iterable[Entry]], Iterator[str]]]] = {
    "csv": ("text/csv; charset=utf-8", write_csv),
    "jsonl": ("application/x-ndjson", write_jsonl),
}
WORDS = {"action_name": action_name, "action_tone": action_tone, "subject_name": subject_name}


class Journal(Room):
    """Who did what, when, from what to what."""

    icon = "journal"
    group = "Suivi"

    @expose("/")
    @may("read journal")
    def index(self) -> Any:
        question, place = read_question(request.args), workplace()
        return self.render("console/journal/list.html", **_list_page(place, question), **WORDS)

    @expose("/<int:seq>")
    @may("read journal")
    def show(self, seq: int) -> Any:
        place = workplace()
        with place.reading() as session:
            entry = reading.find_entry(session, seq)
            last = last_entry(session)
            context = {"one": tell(place.kinds, entry), "is_whole": entry_is_whole(session, seq)}
        context["last"] = last.seq if last else 0
        return self.render("console/journal/entry.html", **context, **WORDS)

    @expose("/preuve")
    @may("read journal")
    def prove(self) -> Any:
        """The whole chain, from the first entry on, and the guards of the database."""
        place = workplace()
        with place.reading() as session:
            progress = _watch().prove_all(session)
            context = {"progress": progress, "guard_faults": guards.faults(session.connection())}
        return self.render("console/journal/proof.html", at=place.now(), **context, **WORDS)

    @expose("/export/<format_name>")
    @may("read journal")
    def export(self, format_name: str) -> Any:
        """Every entry that the filters keep, oldest first."""
        if format_name not in WRITERS:
            abort(404)
        media_type, write = WRITERS[format_name]
        place, question = workplace(), read_question(request.args)
        name = f"journal-amo-{place.today().isoformat()}.{format_name}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(_stream(place, question, write), content_type=media_type, headers=headers)


def _list_page(place: Workplace, question: Question) -> dict[str, Any]:
    with place.reading() as session:
        found = reading.entries(session, question.filters, below=question.below, limit=PAGE + 1)
        last = last_entry(session)
        context = {
            "total": reading.count(session, question.filters),
            "actors": [("", "Tous"), *((name, name) for name in reading.known_actors(session))],
            "actions": action_options(reading.known_actions(session)),
            "progress": _watch().advance(session),
        }
    told: list[Told] = [tell(place.kinds, entry) for entry in found[:PAGE]]
    older = told[-1].entry.seq if len(found) > PAGE else None
    return context | {"question": question, "rows": told, "older": older, "last": last, "formats": list(WRITERS)}


def _stream(place: Workplace, question: Question, write: Callable[[Iterable[Entry]], Iterator[str]]) -> Iterator[str]:
    with place.reading() as session:
        yield from write(reading.every_entry(session, question.filters))


def _watch() -> Watch:
    watch: Watch = current_app.extensions.setdefault("journal_watch", Watch())
    return watch
