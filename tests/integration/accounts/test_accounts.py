"""Accounts, links, sessions, keys: what holds, what ends, what is recorded, and that no secret is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from admin.accounts import keys, links, second_factor, sessions
from admin.accounts.errors import (
    AccountNameError,
    LastAdministratorError,
    LinkSpentError,
    OutsideAccountError,
    PasswordError,
    ReservedNameError,
    SecondFactorOnError,
    SignsInElsewhereError,
    UnknownAccountError,
    WrongCodeError,
    WrongPasswordError,
)
from admin.accounts.models import Account
from admin.accounts.outside import Vouched, admit
from admin.accounts.verbs import (
    FIRST,
    add_account,
    check_may,
    disable,
    enable,
    end_sessions,
    set_password,
    set_roles,
)
from catalog.database import migrate
from catalog.errors import ConflictError
from catalog.journal.models import JournalEntry
from tests.integration.accounts.people import NOW, PASSWORD, actions, enrol

OTHER = "une autre phrase assez longue"
ISSUER = "https://id.example"


@pytest.mark.parametrize("name", ["A", "Amina", "é tude", "a", "-ami", "amina\n", "x" * 65, ""])
def test_names_that_will_not_do(session: Session, name: str) -> None:
    with pytest.raises(AccountNameError):
        add_account(session, name, password=PASSWORD, roles=["lecteur"], at=NOW)


# One-time links


def test_a_link_opens_once(session: Session, admin: Account) -> None:
    add_account(session, "badr", roles=["valideur"], at=NOW)
    token = links.make_link(session, "badr", at=NOW, by="admin")
    assert links.find_link(session, token, NOW).name == links.find_link(session, token, NOW).name == "badr"
    with pytest.raises(PasswordError):
        links.use_link(session, token, "short", at=NOW)
    assert links.use_link(session, token, PASSWORD, at=NOW).can_sign_in
    for attempt in (links.find_link, lambda *a: links.use_link(a[0], a[1], OTHER, at=a[2])):
        with pytest.raises(LinkSpentError):
            attempt(session, token, NOW)


def test_a_link_ends_after_a_day_when_another_is_made_or_the_account_is_disabled(
    session: Session, amina: Account, admin: Account
) -> None:
    first = links.make_link(session, "amina", at=NOW, by="admin")
    second = links.make_link(session, "amina", at=NOW, by="admin")
    with pytest.raises(LinkSpentError):
        links.find_link(session, first, NOW)
    links.find_link(session, second, NOW + timedelta(hours=23, minutes=59))
    with pytest.raises(LinkSpentError):
        links.find_link(session, second, NOW + timedelta(hours=24))
    disable(session, "amina", at=NOW)
    with pytest.raises(LinkSpentError):
        links.find_link(session, second, NOW)


def test_the_first_administrator_is_offered_a_link_until_they_take_it(session: Session) -> None:
    first = links.offer_first_link(session, at=NOW, by="cli")
    second = links.offer_first_link(session, at=NOW, by="cli")
    assert first is not None and second is not None and first != second
    with pytest.raises(LinkSpentError):
        links.find_link(session, first, NOW)
    links.use_link(session, second, PASSWORD, at=NOW)
    assert links.offer_first_link(session, at=NOW, by="cli") is None


def test_a_catalogue_with_accounts_makes_no_first_administrator(session: Session, amina: Account) -> None:
    assert links.offer_first_link(session, at=NOW, by="cli") is None
    assert session.get(Account, FIRST) is None


# Who may act by name on the command line


def test_names_are_taken_as_given_until_somebody_has_an_account(session: Session) -> None:
    assert check_may(session, "Mme Alaoui", "publish") is False
    token = links.offer_first_link(session, at=NOW, by="cli")
    assert check_may(session, "Mme Alaoui", "publish") is False
    assert token is not None
    links.use_link(session, token, PASSWORD, at=NOW)
    with pytest.raises(UnknownAccountError):
        check_may(session, "Mme Alaoui", "publish")


def test_any_other_account_ends_it_too(session: Session) -> None:
    add_account(session, "badr", roles=["valideur"], at=NOW)
    with pytest.raises(UnknownAccountError):
        check_may(session, "Badr", "approve drafts")
    assert check_may(session, "badr", "approve drafts")


# Sessions


def test_a_session_holds_until_it_ends(session: Session, amina: Account) -> None:
    token, other = (sessions.begin(session, amina, at=NOW) for _ in range(2))
    last = NOW + timedelta(hours=12) - timedelta(seconds=1)
    assert sessions.find_person(session, token, last) is amina
    assert sessions.find_person(session, token, NOW + timedelta(hours=12)) is None
    assert sessions.find_person(session, "forged", NOW) is None
    sessions.end(session, token, at=NOW)
    assert sessions.find_person(session, token, NOW) is None
    assert sessions.find_person(session, other, NOW) is amina


@pytest.mark.parametrize("name", ["cli", "reference-pack", "reference-pack.validation"])
def test_names_of_the_program_itself_are_refused(session: Session, name: str) -> None:
    with pytest.raises(ReservedNameError, match="kept for the program"):
        add_account(session, name, roles=["lecteur"], at=NOW)


@pytest.mark.parametrize(
    "change",
    [
        lambda session: set_roles(session, "amina", ["redacteur", "valideur"], at=NOW),
        lambda session: disable(session, "amina", at=NOW),
        lambda session: (disable(session, "amina", at=NOW), enable(session, "amina", at=NOW)),
        lambda session: end_sessions(session, "amina", at=NOW, by="admin"),
        lambda session: set_password(session, session.get_one(Account, "amina"), OTHER, at=NOW, by="amina"),
        lambda session: links.use_link(session, links.make_link(session, "amina", at=NOW, by="x"), OTHER, at=NOW),
        lambda session: enrol(session, session.get_one(Account, "amina")),
        lambda session: second_factor.drop_totp(session, "amina", at=NOW, by="admin"),
    ],
    ids=["roles", "disabled", "enabled again", "everywhere", "password", "link", "totp on", "totp off"],
)
def test_what_changes_an_account_ends_its_sessions(
    session: Session, amina: Account, admin: Account, change: object
) -> None:
    token, hers = sessions.begin(session, amina, at=NOW), sessions.begin(session, admin, at=NOW)
    assert callable(change)
    change(session)
    assert sessions.find_person(session, token, NOW) is None
    assert sessions.find_person(session, hers, NOW) is admin


def test_nobody_takes_off_their_own_second_factor_unproved(session: Session, amina: Account) -> None:
    enrol(session, amina)
    with pytest.raises(WrongPasswordError):
        second_factor.drop_totp(session, "amina", at=NOW, by="amina")
    assert not second_factor.drop_totp(session, "amina", at=NOW, by="amina", is_proved=True).has_totp
    assert second_factor.recovery_codes_left(session, "amina") == 0


def test_a_second_factor_is_on_only_once_a_code_proved_it(session: Session, amina: Account) -> None:
    with pytest.raises(WrongCodeError):
        second_factor.confirm_totp(session, "amina", "123456", at=NOW)
    second_factor.begin_totp(session, "amina")
    with pytest.raises(WrongCodeError):
        second_factor.confirm_totp(session, "amina", "12345", at=NOW)
    assert not amina.has_totp


# Administrators


def test_the_last_administrator_stays(session: Session, admin: Account) -> None:
    with pytest.raises(LastAdministratorError):
        disable(session, "admin", at=NOW)
    add_account(session, "closed", roles=["administrateur"], at=NOW)
    with pytest.raises(LastAdministratorError):
        set_roles(session, "admin", ["lecteur"], at=NOW)
    add_account(session, "second", password=PASSWORD, roles=["administrateur"], at=NOW)
    assert disable(session, "admin", at=NOW).is_disabled


# People from an identity provider


def vouched(**said: object) -> Vouched:
    told = {"issuer": ISSUER, "subject": "42", "name": "badr", "full_name": "Badr", "roles": ("valideur",)} | said
    return Vouched(**told)  # type: ignore[arg-type]


def test_a_vouched_person_gets_an_account_and_keeps_it(session: Session) -> None:
    made = admit(session, vouched(), at=NOW)
    token = sessions.begin(session, made, at=NOW)
    again = admit(session, vouched(name="renamed", roles=("editeur",)), at=NOW)
    assert again is made and made.name == "badr" and made.roles == "editeur"
    assert sessions.find_person(session, token, NOW) is None, "the roles changed"


def test_a_vouched_person_takes_over_no_account(session: Session, admin: Account) -> None:
    with pytest.raises(OutsideAccountError):
        admit(session, vouched(name="admin", roles=("administrateur",)), at=NOW)
    admit(session, vouched(), at=NOW)
    with pytest.raises(OutsideAccountError):
        admit(session, vouched(issuer="https://other.example"), at=NOW)
    with pytest.raises(OutsideAccountError):
        admit(session, vouched(subject="43", name="Ba dr"), at=NOW)
    with pytest.raises(OutsideAccountError):
        admit(session, vouched(roles=()), at=NOW)


def test_a_vouched_person_gets_no_password_here(session: Session) -> None:
    account = admit(session, vouched(), at=NOW)
    for attempt in (
        lambda: links.make_link(session, "badr", at=NOW, by="admin"),
        lambda: set_password(session, session.get_one(Account, "badr"), OTHER, at=NOW, by="badr"),
        lambda: second_factor.begin_totp(session, "badr"),
    ):
        with pytest.raises(SignsInElsewhereError):
            attempt()
    assert account.password_hash == ""


def test_a_second_factor_is_not_replaced_without_being_taken_off(session: Session, amina: Account) -> None:
    telephone, _ = enrol(session, amina)
    with pytest.raises(SecondFactorOnError):
        second_factor.begin_totp(session, "amina")
    assert amina.totp_secret == telephone.secret


def test_a_disabled_vouched_person_stays_out(session: Session) -> None:
    admit(session, vouched(), at=NOW)
    disable(session, "badr", at=NOW)
    with pytest.raises(ConflictError):
        admit(session, vouched(), at=NOW)


# What is kept


def test_everything_is_recorded_and_no_secret_kept(session: Session, amina: Account, admin: Account) -> None:
    link = links.make_link(session, "amina", at=NOW, by="admin")
    links.use_link(session, link, OTHER, at=NOW)
    telephone, codes = enrol(session, amina)
    seat = sessions.begin(session, amina, at=NOW)
    sessions.end(session, seat, at=NOW)
    key, text = keys.issue_key(session, label="x", scopes=["journal:lecture"], at=NOW, by="admin")
    keys.revoke_key(session, key.prefix, at=NOW, by="admin")
    set_roles(session, "amina", ["lecteur"], at=NOW, by="admin")
    disable(session, "amina", at=NOW, by="admin")
    assert actions(session) == [
        "account.added", "account.added", "account.link", "account.password", "account.totp_on", "account.signed_out",
        "key.issued", "key.revoked", "account.roles", "account.disabled",
    ]  # fmt: skip
    told = repr([tuple(row) for row in session.execute(sa.select(JournalEntry.__table__))])
    assert "'admin'" in told and not any(secret in told for secret in (OTHER, link, text, seat, telephone.secret))
    kept = repr([tuple(row) for table in _tables() for row in session.execute(sa.select(table))])
    assert not any(secret in kept for secret in (OTHER, link, text, seat, *codes, codes[0].replace("-", "")))


def _tables() -> list[sa.Table]:
    names = ("account", "recovery_code", "sign_in_link", "console_session", "machine_key", "sign_in_failure")
    return [Account.metadata.tables[name] for name in names]


def test_the_migration_goes_down_and_up_with_accounts(engine: sa.Engine) -> None:
    with Session(engine.execution_options(amo_writes=True)) as session, session.begin():
        add_account(session, "amina", password=PASSWORD, roles=["redacteur"], at=NOW)
        links.make_link(session, "amina", at=NOW, by="admin")
    migrate(engine, "0004")
    assert "machine_key" not in sa.inspect(engine).get_table_names()
    migrate(engine)
    with Session(engine) as session:
        amina = session.get_one(Account, "amina")
        assert (amina.roles, amina.stamp, amina.totp_secret, amina.can_sign_in) == ("redacteur", "0", None, True)
