"""What every page of the site does, whatever it tells."""

from __future__ import annotations

from flask.testing import FlaskClient


def test_an_address_that_leads_nowhere_is_told_to_people_in_their_language(client: FlaskClient) -> None:
    french, arabic = client.get("/nulle-part"), client.get("/ar/nulle-part")
    assert (french.status_code, arabic.status_code) == (404, 404)
    assert '<html lang="fr" dir="ltr">' in french.text and "Cette page n’existe pas" in french.text
    assert '<html lang="ar" dir="rtl">' in arabic.text and "Cette page" not in arabic.text
