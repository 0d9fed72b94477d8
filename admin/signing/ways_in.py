"""The ways in and out: name and password, code of the telephone, one-time link, sign-out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Response, redirect, request, session, url_for
from flask_admin import expose
from flask_login import current_user

from admin.accounts.attempts import Outcome, Verdict, locked_until, settle, settle_code, weigh
from admin.accounts.attempts import welcome as note_welcome
from admin.accounts.errors import LinkSpentError, PasswordError
from admin.accounts.links import find_link, use_link
from admin.accounts.models import Account
from admin.accounts.second_factor import drop_totp
from admin.french import sentence
from admin.refusals import answer as refusal
from admin.room import PUBLIC, Room, may, say
from admin.signing.addresses import page_after
from admin.signing.pages import page
from admin.signing.person import TOKEN, leave_seat, take_seat
from admin.workplace import workplace

HALF = "half"
"""Where the session keeps a password proved, until the code comes."""
HALF_SECONDS = 300
DROPS = "drops"
"""Mark of a half session whose code is to take the second factor off."""
REFUSED = "Le nom ou le mot de passe ne convient pas."
REFUSED_CODE = "Ce code est faux, périmé ou déjà utilisé."
TWICE = "Les deux saisies diffèrent."

Answer = Any


class WaysIn(Room):
    """Sign-in, its second step, the welcome of a one-time link, and sign-out."""

    hidden = True

    @expose("/connexion", methods=("GET", "POST"))
    @may(PUBLIC)
    def sign_in(self) -> Answer:
        after = page_after(request.values.get("next"))
        if request.method == "POST":
            return _try_password(_sent_name(), request.form.get("password", ""), after)
        if current_user.is_authenticated:
            return redirect(after)
        is_over = session.pop(TOKEN, None) is not None
        return _ask_password(after, told="Votre session est terminée. Reconnectez-vous." if is_over else "")

    @expose("/connexion/code", methods=("GET", "POST"))
    @may(PUBLIC)
    def second_step(self) -> Answer:
        half = _half()
        if half is None:
            return redirect(url_for("signing.sign_in"))
        if request.method == "POST":
            return _try_code(half, request.form.get("code", ""))
        return page("code", error="")

    @expose("/bienvenue/<token>", methods=("GET", "POST"))
    @may(PUBLIC)
    def welcome(self, token: str) -> Answer:
        place = workplace()
        try:
            with place.reading() as reader:
                account = find_link(reader, token, place.now())
        except LinkSpentError as error:
            return refusal(404, sentence(error))
        if request.method == "POST":
            return _set_first_password(account, token)
        return _ask_first_password(account)

    @expose("/deconnexion", methods=("POST",))
    @may(PUBLIC)
    def sign_out(self) -> Answer:
        leave_seat()
        say("Vous êtes déconnecté.")
        return redirect(url_for("signing.sign_in"))


# The room answers several addresses side by side, of which none is the root of the others.
WaysIn._default_view = "sign_in"


def _sent_name() -> str:
    return request.form.get("name", "").strip().lower()


def _try_password(name: str, password: str, after: str) -> Answer:
    """Compares outside the transaction that counts: comparing is slow on purpose, and writers wait for each other."""
    place = workplace()
    with place.reading() as reader:
        until = locked_until(reader, name, place.now())
        attempt = None if until else weigh(reader, name, password)
    if attempt is None:
        return _ask_password(after, name, _locked(until), 429)
    with place.writing() as writer:
        verdict = settle(writer, attempt, at=place.now())
        return _answer(writer, verdict, after) or _ask_password(after, name, *refusal_of(verdict, REFUSED))


def _try_code(half: dict[str, Any], code: str) -> Answer:
    place = workplace()
    with place.writing() as writer:
        verdict = settle_code(writer, half["name"], half["stamp"], code, at=place.now())
        if verdict.account is not None and half.get(DROPS):
            return _drop(writer, verdict.account)
        seated = _answer(writer, verdict, page_after(half["next"]))
    if seated:
        return seated
    told, status = refusal_of(verdict, REFUSED_CODE)
    return page("code", status, error=told)


def _drop(writer: Any, account: Account) -> Response:
    """The password and a code are proved: the second factor goes, and a new session begins."""
    take_seat(writer, drop_totp(writer, account.name, at=workplace().now(), by=account.name, is_proved=True))
    say("La double authentification est retirée.", "warning")
    return redirect(url_for("compte.index"))  # type: ignore[return-value]


def _answer(writer: Any, verdict: Verdict, after: str) -> Response | None:
    """Where a proved person goes on; None when nothing is proved."""
    if verdict.account is None:
        return None
    if verdict.outcome is Outcome.SECOND_STEP:
        return _ask_code(verdict.account, after)
    take_seat(writer, verdict.account)
    return redirect(after)  # type: ignore[return-value]


def _ask_code(account: Account, after: str) -> Response:
    session.clear()
    session[HALF] = _half_of(account, after)
    return redirect(url_for("signing.second_step"))  # type: ignore[return-value]


def ask_code_to_drop(account: Account) -> Response:
    """Asks somebody signed in, whose password is proved again, for the code that takes the second factor off."""
    session[HALF] = _half_of(account, url_for("compte.index")) | {DROPS: True}
    say("Donnez un code pour retirer la double authentification.", "warning")
    return redirect(url_for("signing.second_step"))  # type: ignore[return-value]


def _half_of(account: Account, after: str) -> dict[str, Any]:
    at = int(workplace().now().timestamp())
    return {"name": account.name, "stamp": account.stamp, "at": at, "next": after}


def _half() -> dict[str, Any] | None:
    """The password proved a moment ago in this session."""
    half: dict[str, Any] | None = session.get(HALF)
    now = workplace().now().timestamp()
    return half if half is not None and now - half["at"] < HALF_SECONDS else None


def refusal_of(verdict: Verdict, refused: str) -> tuple[str, int]:
    """The sentence and its status."""
    return (_locked(verdict.locked_until), 429) if verdict.outcome is Outcome.LOCKED else (refused, 422)


def _locked(until: datetime | None) -> str:
    """Told of every name alike, so that it betrays no account."""
    left = (until or datetime.now(UTC)) - workplace().now()
    minutes = max(1, -(-int(left.total_seconds()) // 60))
    return f"Trop d’essais pour ce nom : réessayez dans {minutes} minute{'s' if minutes > 1 else ''}."


def _ask_password(after: str, name: str = "", error: str = "", status: int = 200, told: str = "") -> Answer:
    has_provider = workplace().oidc is not None
    return page("connexion", status, next=after, name=name, error=error, told=told, has_provider=has_provider)


def _ask_first_password(account: Account, errors: dict[str, str] | None = None) -> Answer:
    return page("bienvenue", 422 if errors else 200, account=account, errors=errors or {})


def _set_first_password(account: Account, token: str) -> Answer:
    """Spends the link. A second factor that is on is still asked for."""
    place, password = workplace(), request.form.get("password", "")
    if password != request.form.get("again", ""):
        return _ask_first_password(account, {"again": TWICE})
    try:
        with place.writing() as writer:
            opened = use_link(writer, token, password, at=place.now())
            if opened.has_totp:
                return _ask_code(opened, url_for("admin.index"))
            note_welcome(writer, opened, at=place.now(), how="link")
            take_seat(writer, opened)
    except PasswordError as error:
        return _ask_first_password(account, {"password": sentence(error)})
    say(
        "Votre mot de passe est enregistré. Ajoutez maintenant la double authentification : elle protège vos décisions."
    )
    return redirect(url_for("compte.index"))
