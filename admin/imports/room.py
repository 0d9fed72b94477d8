"""The room of imports: receive a file, follow its judgement, read and correct its report, stage it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response, abort, current_app, jsonify, redirect, render_template, request, url_for
from flask_admin import expose
from werkzeug.wrappers import Response as AnyResponse

from admin.drafts.current import choose_draft, current_draft
from admin.entries.labels import many
from admin.french import sentence
from admin.imports import asking, correcting, templates
from admin.imports.launching import launch
from admin.imports.reports import Filter, ReportFile
from admin.imports.staging import SETTLED, MovedSinceError, StagedBeforeError, stage_upload, subject
from admin.imports.telling import MODES, STATES, VERDICTS, page_of, show, tiles
from admin.imports.uploads import Asked, Sent, State, Upload, Uploads
from admin.room import Room, actor, may, say
from admin.workplace import workplace
from catalog.errors import InvalidError
from catalog.french import write_number
from catalog.journal import record
from catalog.releases.recounting import differing
from catalog.temporal import format_instant

READ, WRITE = "read console", "import files"
POST = ("POST",)


def uploads() -> Uploads:
    """Where the files of this server's imports lie."""
    return Uploads(workplace().data_dir / "imports")


class ImportsRoom(Room):
    icon = "import"

    @expose("/")
    @may(READ)
    def index(self) -> str:
        shown = [show(upload, workplace().now()) for upload in uploads().all()]
        return self._page("index", imports=shown)

    @expose("/new")
    @may(WRITE)
    def new(self) -> str:
        with workplace().reading() as session:
            chosen = current_draft(session)
        told = {"draft": request.args.get("draft") or (chosen.id if chosen else asking.NEW)}
        return self._form({**request.args.to_dict(), **told}, {})

    @expose("/new", methods=POST)
    @may(WRITE)
    def receive(self) -> Any:
        place, form = workplace(), request.form
        with place.reading() as session:
            choice = asking.read_choice(place.kinds, session, form)
        sent = request.files.get("file")
        if sent is None or not sent.filename:
            choice.errors["file"] = "Choisissez le fichier à importer."
        if choice.errors or sent is None:
            return self._form(form.to_dict(), choice.errors), 422
        beside = [Sent(str(one.filename), one.stream) for one in request.files.getlist("beside") if one.filename]
        file = Sent(str(sent.filename), sent.stream)
        try:
            upload = uploads().receive(file, beside, by=actor(), at=place.now(), **choice.asked)
        except InvalidError as error:
            return self._form(form.to_dict(), {"file": sentence(error)}), 422
        asked = upload.asked()
        _record("import.received", upload, {"file": asked.name, "sha256": asked.sha256, "size": asked.size})
        launch(place.engine, upload, by=actor(), at=place.now())
        return _to_report(upload)

    @expose("/<upload_id>")
    @may(READ)
    def show(self, upload_id: str) -> str:
        upload = uploads().find(upload_id)
        shown = show(upload, workplace().now())
        if shown.meta is None:
            return self._page("show", shown=shown, **self._settings(shown.asked))
        wanted = Filter(*(request.args.get(name, "")[:200] for name in ("verdict", "gravite", "regle", "q")))
        page = page_of(upload, wanted, request.args.get("page", 1, type=int))
        return self._page(
            "show",
            shown=shown,
            wanted=wanted,
            page=page,
            tiles=tiles(shown.meta, ReportFile(upload.report).totals()),
            back=request.query_string.decode(errors="replace"),
            amendments=upload.amendments(),
            **self._settings(shown.asked),
        )

    @expose("/<upload_id>/etat")
    @may(READ)
    def state(self, upload_id: str) -> Response:
        shown = show(uploads().find(upload_id), workplace().now())
        return jsonify(state=shown.name, words=shown.words[0])

    @expose("/<upload_id>/ligne/<int:row>")
    @may(READ)
    def row(self, upload_id: str, row: int) -> str:
        upload = uploads().find(upload_id)
        shown = show(upload, workplace().now())
        if shown.meta is None:
            abort(404)
        held = [one for one in upload.amendments() if one.row == row]
        return self._page("row", shown=shown, line=correcting.find_line(upload, row), held=held, typed={}, error="")

    @expose("/<upload_id>/ligne/<int:row>", methods=POST)
    @may(WRITE)
    def correct(self, upload_id: str, row: int) -> Any:
        upload, form = uploads().find(upload_id), request.form.to_dict()
        try:
            made = self._amend(upload, row, form)
        except correcting.ReasonNeededError:
            held = [one for one in upload.amendments() if one.row == row]
            shown, line = show(upload, workplace().now()), correcting.find_line(upload, row)
            error = "Indiquez pourquoi : le motif accompagne le changement jusque dans la version."
            return self._page("row", shown=shown, line=line, held=held, typed=form, error=error), 422
        say(made)
        return _to_report(upload, form.get("back", ""), row)

    def _amend(self, upload: Upload, row: int, form: dict[str, str]) -> str:
        now = workplace().now()
        if "skip" in form:
            correcting.skip(upload, row, form.get("reason", ""), by=actor(), at=now)
            _record("import.row_skipped", upload, {"row": row, "reason": form["reason"]})
            return f"Ligne {row} écartée. Relancez le contrôle pour en tenir compte."
        made = correcting.correct(upload, row, form, by=actor(), at=now)
        for one in made:
            told, column = {"row": row, "reason": one.reason}, str(one.column)
            _record("import.row_corrected", upload, told, {column: one.old}, {column: one.new})
        if not made:
            return f"Ligne {row} : aucune nouvelle correction."
        columns = ", ".join(str(one.column) for one in made)
        return f"Ligne {row} corrigée : {columns}. Relancez le contrôle pour en tenir compte."

    @expose("/<upload_id>/ligne/<int:row>/annuler", methods=POST)
    @may(WRITE)
    def withdraw(self, upload_id: str, row: int) -> AnyResponse:
        upload = uploads().find(upload_id)
        upload.need("correct", "judged")
        column = request.form.get("column") or None
        upload.withdraw(row, column, by=actor(), at=workplace().now())
        _record("import.correction_withdrawn", upload, {"row": row, "column": column})
        say(f"Ligne {row} : correction annulée. Relancez le contrôle pour en tenir compte.")
        return _to_report(upload)

    @expose("/<upload_id>/controler", methods=POST)
    @may(WRITE)
    def judge(self, upload_id: str) -> AnyResponse:
        upload, place = uploads().find(upload_id), workplace()
        if show(upload, place.now()).name != "lost":
            upload.need("judge", "judged", "unreadable", "failed")
        _judge_again(upload)
        return _to_report(upload)

    @expose("/<upload_id>/reglages", methods=POST)
    @may(WRITE)
    def settle(self, upload_id: str) -> Any:
        upload, place = uploads().find(upload_id), workplace()
        upload.need("change", "judged", "unreadable", "failed")
        with place.reading() as session:
            choice = asking.read_choice(place.kinds, session, request.form)
        if choice.errors:
            shown = show(upload, place.now())
            return self._page("settings", shown=shown, **self._choices(request.form.to_dict(), choice.errors)), 422
        _settle(upload, choice.asked)
        _judge_again(upload)
        return _to_report(upload)

    @expose("/<upload_id>/verser", methods=POST)
    @may(WRITE)
    def stage(self, upload_id: str) -> AnyResponse:
        upload, place = uploads().find(upload_id), workplace()
        try:
            with place.writing() as session:
                draft, changes = stage_upload(session, place.kinds, upload, by=actor(), at=place.now())
        except StagedBeforeError as error:
            if upload.state().name != "staged":
                _mark_staged(upload, error.draft, None)
            raise
        except MovedSinceError:
            told = (
                "Le catalogue, le brouillon ou les corrections ont changé depuis le contrôle : rien n’a été versé, et "
            )
            _judge_again(upload, told + "le fichier est contrôlé de nouveau.")
            return _to_report(upload)
        _mark_staged(upload, draft.id, changes)
        choose_draft(draft)
        poured = f"{write_number(changes)} changements versés" if changes > 1 else "Un changement versé"
        say(f"{poured} dans le brouillon n° {draft.id}, qui devient votre brouillon courant.")
        return redirect(url_for("brouillons.show", draft_id=draft.id))

    @expose("/<upload_id>/abandonner", methods=POST)
    @may(WRITE)
    def discard(self, upload_id: str) -> AnyResponse:
        upload, place = uploads().find(upload_id), workplace()
        state = upload.need("discard", "judging", "judged", "unreadable", "failed")
        upload.discard(State("discarded", format_instant(place.now()), actor(), state.attempt + 1))
        _record("import.discarded", upload, {"file": upload.asked().name})
        say("Import abandonné. Le fichier déposé est effacé.")
        return redirect(url_for("imports.index"))

    @expose("/formats")
    @may(READ)
    def formats(self) -> str:
        kinds = [(kind, templates.explained(kind)) for kind in workplace().kinds]
        return self._page("formats", kinds=kinds)

    @expose("/formats/<plural>.<any(csv, xlsx):suffix>")
    @may(READ)
    def template(self, plural: str, suffix: str) -> Response:
        kind = workplace().kinds.find(plural)
        content, media_type = templates.write_template(kind, suffix)
        name = f"modele-{kind.plural}.{suffix}"
        return Response(content, headers={"Content-Disposition": f"attachment; filename={name}"}, mimetype=media_type)

    def _page(self, name: str, **told: Any) -> str:
        words: dict[str, Any] = {"verdicts": VERDICTS, "states": STATES, "modes": MODES, "limit": _limit()}
        words["kind_words"] = {kind.plural: many(kind) for kind in workplace().kinds}
        return render_template(f"console/imports/{name}.html", admin_view=self, **words, **told)

    def _form(self, told: dict[str, Any], errors: dict[str, str]) -> str:
        return self._page("new", **self._choices(told, errors))

    def _settings(self, asked: Asked) -> dict[str, Any]:
        names = ("kind", "profile", "mode", "effective", "legal_act", "label", "title")
        told = {name: getattr(asked, name) or "" for name in names}
        return self._choices({**told, "draft": asked.draft or asking.NEW}, {})

    def _choices(self, told: dict[str, Any], errors: dict[str, str]) -> dict[str, Any]:
        place = workplace()
        with place.reading() as session:
            drafts = asking.draft_options(session)
        return {
            "chosen": told,
            "errors": errors,
            "kinds": asking.kind_options(place.kinds),
            "profiles": asking.profile_options(place.kinds),
            "mode_options": asking.MODES,
            "drafts": drafts,
            "acts": asking.act_options(place),
        }


def _limit() -> int:
    """The largest file this server takes, in MiB; a little of what is sent is the form around it."""
    return int(current_app.config["MAX_CONTENT_LENGTH"] or 0) // 2**20


def _to_report(upload: Upload, back: str = "", row: int | None = None) -> AnyResponse:
    address = url_for("imports.show", upload_id=upload.folder.name)
    query = f"?{back}" if back and "\n" not in back and "#" not in back else ""
    return redirect(f"{address}{query}" + (f"#ligne-{row}" if row else ""))


def _settle(upload: Upload, asked: dict[str, Any]) -> None:
    """The journal first: whoever changed a setting is known by the time the change can be staged."""
    before, after = differing(asdict(upload.asked()), asked)
    if after:
        _record(SETTLED, upload, {"file": upload.asked().name}, before, after)
        upload.ask(**asked)


def _judge_again(upload: Upload, message: str | None = None) -> None:
    place = workplace()
    _record("import.judged", upload, {"file": upload.asked().name})
    launch(place.engine, upload, by=actor(), at=place.now(), message=message)


def _record(
    action: str,
    upload: Upload,
    detail: dict[str, Any],
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    place = workplace()
    told: dict[str, Any] = {"subject": subject(upload.asked()), "before": before, "after": after, "detail": detail}
    with place.writing() as session:
        record(session, at=place.now(), actor=actor(), action=action, **told)


def _mark_staged(upload: Upload, draft: int, changes: int | None) -> None:
    state = State("staged", format_instant(workplace().now()), actor(), upload.state().attempt, None, draft, changes)
    upload.become(state)
