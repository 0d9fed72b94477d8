"""What the buttons of a draft do."""

from __future__ import annotations

from collections.abc import Mapping

from admin.drafts.current import choose_draft
from admin.drafts.following import find_consequence
from admin.drafts.telling import french
from admin.room import actor
from admin.workplace import workplace
from catalog.errors import InvalidError
from catalog.legal.codes import parse_act_id
from catalog.releases import drafts
from catalog.releases.editing_writing import restore
from catalog.releases.labels import parse_new_label


def open_from_form(form: Mapping[str, str]) -> tuple[dict[str, str], int | None]:
    """The errors by field, or the number of the draft that was opened and is now the current one."""
    errors = _errors(form)
    if errors:
        return errors, None
    place = workplace()
    with place.writing() as session:
        draft = drafts.open_draft(
            session,
            title=form["title"],
            author=actor(),
            at=place.now(),
            legal_act=form.get("acte", "").strip() or None,
            label=form.get("label", "").strip() or None,
        )
        choose_draft(draft)
        return {}, draft.id


def _errors(form: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    if not form.get("title", "").strip():
        found["title"] = "Titre : donnez un nom qui dise ce que le brouillon change."
    return found | _unreadable(form)


def _unreadable(form: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, parse in (("acte", parse_act_id), ("label", parse_new_label)):
        text = form.get(name, "").strip()
        try:
            if text:
                parse(text)
        except InvalidError as error:
            found[name] = french(error)
    return found


def ground_from_form(draft_id: int, form: Mapping[str, str]) -> dict[str, str]:
    """Gives the draft its title, act and label; nothing where a field is refused. The errors by field."""
    place = workplace()
    if errors := _unreadable(form):
        return errors
    with place.writing() as session:
        drafts.ground(
            session,
            drafts.find_draft(session, draft_id),
            by=actor(),
            at=place.now(),
            legal_act=form.get("acte", "").strip() or None,
            label=form.get("label", "").strip() or None,
            title=form.get("title", "").strip() or None,
        )
    return {}


def reopen_draft(draft_id: int) -> None:
    """Takes a draft back to work."""
    place = workplace()
    with place.writing() as session:
        drafts.reopen(session, drafts.find_draft(session, draft_id), by=actor(), at=place.now())


def restore_change(draft_id: int, change_id: int) -> None:
    """Takes one change out."""
    place = workplace()
    with place.writing() as session:
        draft = drafts.find_draft(session, draft_id)
        restore(session, place.kinds, draft, change_id, by=actor(), at=place.now())


def propose(draft_id: int, form: Mapping[str, str]) -> None:
    """Stages a consequence that the editor agrees with, as it is computed now."""
    place = workplace()
    with place.writing() as session:
        draft = drafts.find_draft(session, draft_id)
        find_consequence(place, session, draft, form.get("consequence", "")).stage(by=actor(), at=place.now())


def kept_filters(form: Mapping[str, str]) -> dict[str, str]:
    """The filters of the page a button was on."""
    return {name: form[name] for name in ("kind", "nature", "by", "q", "page") if form.get(name)}
