"""Machine keys: what they open, until when."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from admin.accounts import keys
from admin.accounts.errors import UnknownKeyError
from catalog.errors import InvalidError
from tests.integration.accounts.people import MINUTE, NOW


def test_a_key_opens_its_scopes_until_it_ends(session: Session) -> None:
    key, text = keys.issue_key(
        session, label="entrepôt", scopes=["journal:lecture"], at=NOW, by="admin", expires_at=NOW + MINUTE
    )
    assert keys.find_key(session, text, "journal:lecture", NOW) is key
    assert keys.find_key(session, text, "lecture", NOW) is None
    assert keys.find_key(session, text, "journal:lecture", NOW + MINUTE) is None
    for forged in (text[:-1], text + "x", key.prefix, f"amo_{key.prefix}_", "", "amo__", text.upper()):
        assert keys.find_key(session, forged, "journal:lecture", NOW) is None
    keys.revoke_key(session, key.prefix, at=NOW, by="admin")
    assert keys.find_key(session, text, "journal:lecture", NOW) is None
    with pytest.raises(UnknownKeyError):
        keys.revoke_key(session, "00000000", at=NOW, by="admin")


def test_a_key_notes_its_use_by_the_minute(session: Session) -> None:
    key, _ = keys.issue_key(session, label="x", scopes=["journal:lecture"], at=NOW, by="admin")
    for at in (NOW, NOW + MINUTE / 2):
        keys.note_use(session, key, at)
    session.refresh(key)
    assert key.last_used_at == NOW
    assert keys.is_use_due(key, NOW + MINUTE) and not keys.is_use_due(key, NOW + MINUTE / 2)


@pytest.mark.parametrize(
    "wrong",
    [{"label": " "}, {"label": "x" * 101}, {"scopes": []}, {"scopes": ["lecture"]}, {"expires_at": NOW}],
)
def test_a_key_that_will_not_do(session: Session, wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidError):
        keys.issue_key(session, **({"label": "x", "scopes": ["journal:lecture"], "at": NOW, "by": "admin"} | wrong))  # type: ignore[arg-type]
