"""Signing in through an identity provider: OpenID Connect, by discovery, with PKCE."""

from __future__ import annotations

from typing import Any

import requests
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask_admin import expose
from joserfc.errors import JoseError

from admin.accounts.errors import AccountDisabledError, OutsideAccountError
from admin.accounts.outside import Vouched, admit, read_claims
from admin.french import sentence
from admin.refusals import answer
from admin.room import PUBLIC, Room, may
from admin.signing.addresses import page_after
from admin.signing.person import take_seat
from admin.workplace import Workplace, workplace

EXTENSION = "console_provider"
AFTER = "after"
"""Where the session keeps the page to go on to."""
SECONDS = 10
"""How long the provider may take to answer."""
FAULTS = (AuthlibBaseError, JoseError, requests.RequestException, ValueError, KeyError, TypeError)
"""What goes wrong between here and the provider: refusals, forged or stale answers, networks, nonsense."""

log = structlog.get_logger()


def know_provider(app: Flask, place: Workplace) -> None:
    """Registers the provider of the settings, if there is one; it is first asked when somebody signs in."""
    if place.oidc is None:
        return
    issuer, client_id, client_secret = place.oidc
    app.extensions[EXTENSION] = OAuth(app).register(
        "console",
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile email",
            "code_challenge_method": "S256",
            "default_timeout": SECONDS,
        },
    )


class Provider(Room):
    """Out to the provider, and back."""

    hidden = True

    @expose("/depart")
    @may(PUBLIC)
    def depart(self) -> Any:
        provider = _provider()
        session[AFTER] = page_after(request.args.get("next"))
        try:
            return provider.authorize_redirect(url_for("oidc.back", _external=True))
        except FAULTS as error:
            return _refuse(error)

    @expose("/retour")
    @may(PUBLIC)
    def back(self) -> Any:
        after = page_after(session.get(AFTER))
        try:
            vouched = _vouched(_provider())
        except FAULTS as error:
            return _refuse(error)
        place = workplace()
        try:
            with place.writing() as writer:
                take_seat(writer, admit(writer, vouched, at=place.now()))
        except (OutsideAccountError, AccountDisabledError) as error:
            log.warning("provider's person refused", reason=str(error))
            return answer(403, sentence(error))
        return redirect(after)


# Neither address is the root of the other.
Provider._default_view = "depart"


def _provider() -> Any:
    """404 where none is set."""
    return current_app.extensions.get(EXTENSION) or abort(404)


def _vouched(provider: Any) -> Vouched:
    """Who the provider sends back, its answer checked: state, PKCE, signature, issuer, audience, nonce."""
    place = workplace()
    assert place.oidc is not None
    claims = provider.authorize_access_token()["userinfo"]
    if claims["iss"].rstrip("/") != place.oidc[0].rstrip("/"):
        raise ValueError(f"the token was issued by {claims['iss']}")
    return read_claims(claims, claims["iss"], place.oidc_roles)


def _refuse(error: Exception) -> Any:
    log.warning("provider did not sign in", reason=f"{type(error).__name__}: {error}"[:300])
    return answer(
        502,
        "La connexion par le compte de l’organisme n’a pas abouti : le fournisseur d’identité n’a pas répondu, a "
        "refusé, ou sa réponse n’était pas attendue. Recommencez depuis la page de connexion.",
    )
