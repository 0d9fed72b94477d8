"""What is refused about accounts, sign-in and keys."""

from __future__ import annotations

from catalog.errors import ConflictError, InvalidError, NotFoundError


class UnknownAccountError(NotFoundError):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is no account named {name!r}.")


class AccountExistsError(ConflictError):
    def __init__(self, name: str) -> None:
        super().__init__(f"An account named {name!r} exists already.")


class AccountDisabledError(ConflictError):
    def __init__(self, name: str) -> None:
        super().__init__(f"The account {name!r} is disabled.")


class LastAdministratorError(ConflictError):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} is the last administrator who can sign in: name another one first.")


class AccountNameError(InvalidError):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} is not an account name: 2 to 64 lower-case letters, digits, . _ @ or -.")


class ReservedNameError(AccountNameError):
    def __init__(self, name: str) -> None:
        InvalidError.__init__(self, f"The account name {name!r} is kept for the program itself: choose another one.")


class PasswordError(InvalidError):
    """A password that will not do."""


class WrongPasswordError(InvalidError):
    def __init__(self) -> None:
        super().__init__("This is not the account's present password.")


class WrongCodeError(InvalidError):
    def __init__(self) -> None:
        super().__init__("The code is wrong, too old, or was used before.")


class SecondFactorOnError(ConflictError):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} has a second factor already: take it off first.")


class LinkSpentError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("This link is unknown, was used, or has expired: ask for a new one.")


class UnknownKeyError(NotFoundError):
    def __init__(self, prefix: str) -> None:
        super().__init__(f"There is no machine key {prefix!r}.")


class SignsInElsewhereError(ConflictError):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} signs in through the identity provider: it has no password or code here.")


class OutsideAccountError(ConflictError):
    """Somebody whom the identity provider vouches for, and for whom no account can be opened."""
