"""Roles, and what each of them may do."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from catalog.errors import InvalidError


class Role(StrEnum):
    """What a person may do; each role is given by name, none includes another but ``administrateur``."""

    LECTEUR = "lecteur"
    REDACTEUR = "redacteur"
    VALIDEUR = "valideur"
    EDITEUR = "editeur"
    ADMINISTRATEUR = "administrateur"


VERBS: dict[str, tuple[Role, ...]] = {
    "read console": tuple(Role),
    "write drafts": (Role.REDACTEUR,),
    "import files": (Role.REDACTEUR,),
    "submit drafts": (Role.REDACTEUR,),
    "approve drafts": (Role.VALIDEUR,),
    "reject drafts": (Role.VALIDEUR,),
    "settle violations": (Role.VALIDEUR,),
    "answer violations": (Role.REDACTEUR, Role.VALIDEUR),
    "publish": (Role.EDITEUR,),
    "prepare opinions": (Role.REDACTEUR,),
    "propose mappings": (Role.REDACTEUR,),
    "comment mappings": (Role.REDACTEUR, Role.VALIDEUR),
    "validate mappings": (Role.VALIDEUR,),
    "read journal": (Role.REDACTEUR, Role.VALIDEUR, Role.EDITEUR),
    "manage accounts": (),
    "manage keys": (),
}
"""Who may do what; ``administrateur`` may all of it, and an empty tuple leaves it to that role alone."""

GUARDED = frozenset({Role.VALIDEUR, Role.EDITEUR, Role.ADMINISTRATEUR})
"""Roles that decide: a password alone is little for them."""


def parse_roles(roles: Collection[str]) -> list[str]:
    """Role names in their canonical order. Raises InvalidError for one that does not exist, or for none."""
    unknown = sorted(set(roles) - {role.value for role in Role})
    if unknown or not roles:
        raise InvalidError(f"Roles are {', '.join(Role)}; found {', '.join(unknown) or 'none'}.")
    return [role.value for role in Role if role.value in roles]


def roles_for(verb: str) -> list[str]:
    """The roles that may do it, as a refusal names them."""
    return [role.value for role in VERBS[verb]] or [Role.ADMINISTRATEUR.value]


def may(held: frozenset[str], verb: str) -> bool:
    """Whether someone with these roles may do it. Raises LookupError for a verb that does not exist."""
    return bool(held & {*VERBS[verb], Role.ADMINISTRATEUR})
