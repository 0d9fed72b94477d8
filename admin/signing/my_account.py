"""One's own account: password, second factor, recovery codes, sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import segno
from flask import redirect, request, session, url_for
from flask_admin import expose
from flask_login import current_user
from markupsafe import Markup
from sqlalchemy.orm import Session

from admin.accounts import second_factor
from admin.accounts.attempts import Verdict, confirm, weigh
from admin.accounts.errors import PasswordError, WrongCodeError, WrongPasswordError
from admin.accounts.models import Account
from admin.accounts.verbs import check_signs_in_here, end_sessions, find_account, set_password
from admin.french import sentence
from admin.room import SIGNED_IN, Room, actor, may, say
from admin.signing.pages import page
from admin.signing.person import take_seat
from admin.signing.ways_in import TWICE, ask_code_to_drop, refusal_of
from admin.workplace import workplace

Done = TypeVar("Done")


class NotProvedError(Exception):
    """The password asked for again was wrong, or the name is locked."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.outcome.name)
        self.verdict = verdict


class MyAccount(Room):
    """What anybody signed in may change about themselves."""

    hidden = True

    @expose("/")
    @may(SIGNED_IN)
    def index(self) -> Any:
        return _page()

    @expose("/mot-de-passe", methods=("POST",))
    @may(SIGNED_IN)
    def password(self) -> Any:
        sent = request.form
        if sent.get("password", "") != sent.get("again", ""):
            return _page({"again": TWICE})
        try:
            _prove(lambda writer, me: _set_password(writer, me, sent.get("password", "")))
        except NotProvedError as error:
            return _refused("present", error.verdict)
        except PasswordError as error:
            return _page({"password": sentence(error)})
        say("Votre mot de passe est changé ; vos autres sessions sont fermées.")
        return redirect(url_for("compte.index"))

    @expose("/second-facteur", methods=("GET", "POST"))
    @may(SIGNED_IN)
    def second_factor(self) -> Any:
        if current_user.has_totp:
            return redirect(url_for("compte.index"))
        if request.method == "POST":
            return _confirm(request.form.get("code", ""))
        return _show_secret()

    @expose("/second-facteur/retirer", methods=("POST",))
    @may(SIGNED_IN)
    def drop_second_factor(self) -> Any:
        if not current_user.has_totp:
            return redirect(url_for("compte.index"))
        try:
            return _prove(lambda _, me: ask_code_to_drop(me))
        except NotProvedError as error:
            return _refused("present-totp", error.verdict)

    @expose("/codes", methods=("POST",))
    @may(SIGNED_IN)
    def recovery_codes(self) -> Any:
        at = workplace().now()
        try:
            codes = _prove(lambda writer, me: second_factor.renew_recovery_codes(writer, me.name, at=at))
        except NotProvedError as error:
            return _refused("present-codes", error.verdict)
        return page("codes", codes=codes)

    @expose("/sessions", methods=("POST",))
    @may(SIGNED_IN)
    def sessions(self) -> Any:
        place, me = workplace(), actor()
        with place.writing() as writer:
            end_sessions(writer, me, at=place.now(), by=me)
        session.clear()
        say("Toutes vos sessions sont fermées.")
        return redirect(url_for("signing.sign_in"))


def _prove(do: Callable[[Session, Account], Done]) -> Done:
    """Does it once the present password is proved again, compared before the transaction that counts.

    Raises NotProvedError, the failure then being counted, and SignsInElsewhereError.
    """
    place, name = workplace(), actor()
    with place.reading() as reader:
        check_signs_in_here(find_account(reader, name))
        attempt = weigh(reader, name, request.form.get("present", ""))
    with place.writing() as writer:
        verdict = confirm(writer, attempt, at=place.now())
        if verdict.account is not None:
            return do(writer, verdict.account)
    raise NotProvedError(verdict)


def _set_password(writer: Session, account: Account, password: str) -> None:
    set_password(writer, account, password, at=workplace().now(), by=account.name)
    take_seat(writer, account)


def _refused(field: str, verdict: Verdict) -> Any:
    told, status = refusal_of(verdict, sentence(WrongPasswordError()))
    return _page({field: told}, status)


def _page(errors: dict[str, str] | None = None, status: int = 422) -> Any:
    with workplace().reading() as reader:
        account = find_account(reader, actor())
        left = second_factor.recovery_codes_left(reader, account.name)
    return page("compte", status if errors else 200, account=account, codes_left=left, errors=errors or {})


def _show_secret(error: str = "") -> Any:
    with workplace().writing() as writer:
        secret = second_factor.begin_totp(writer, actor())
        address = second_factor.enrolment_address(find_account(writer, actor()))
    picture = picture_of(address)
    return page("second_facteur", 422 if error else 200, picture=picture, secret=secret, error=error)


def picture_of(address: str) -> Markup:
    """The address as a QR code, dark on light in both themes: telephones want it so. No styles: the policy forbids."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(scale=5, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None)
    named = drawn.replace("<svg ", '<svg role="img" aria-label="Code QR à lire avec votre application" ', 1)
    return Markup(named)  # noqa: S704 - drawn here, of squares only


def _confirm(code: str) -> Any:
    place = workplace()
    try:
        with place.writing() as writer:
            codes = second_factor.confirm_totp(writer, actor(), code, at=place.now())
            take_seat(writer, find_account(writer, actor()))
    except WrongCodeError as error:
        return _show_secret(sentence(error))
    return page("codes", codes=codes)
