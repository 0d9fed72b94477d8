"""Import profiles: how the columns of one source become the fields of a kind. Written in TOML, also by users."""

from catalog.importing.profiles.builtin import builtin_profiles, load_profile, profiles_for
from catalog.importing.profiles.canonical import canonical_profile
from catalog.importing.profiles.model import Profile
from catalog.importing.profiles.parsing import parse_profile

__all__ = [
    "Profile",
    "builtin_profiles",
    "canonical_profile",
    "load_profile",
    "parse_profile",
    "profiles_for",
]
