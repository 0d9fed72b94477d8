"""The profiles that come with the catalogue, one for each official file that has been met."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from catalog.importing.errors import ProfileError, UnknownProfileError
from catalog.importing.profiles.canonical import PREFIX, canonical_name, canonical_profile
from catalog.importing.profiles.model import Profile
from catalog.importing.profiles.parsing import parse_profile
from catalog.kinds import Kind


@cache
def builtin_profiles() -> tuple[Profile, ...]:
    """In the order of their names."""
    folder = files("catalog.importing.profiles")
    sheets = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    return tuple(parse_profile(entry.name.removesuffix(".toml"), entry.read_text("utf-8")) for entry in sheets)


def profiles_for(kind: Kind) -> tuple[Profile, ...]:
    """The built-in profiles of a kind, its canonical one last."""
    own = tuple(profile for profile in builtin_profiles() if profile.kind in (kind.name, kind.plural))
    return (*own, canonical_profile(kind))


def load_profile(name_or_path: str | Path, kind: Kind) -> Profile:
    """A built-in profile by name, or one's own by the path of its .toml file.

    Raises UnknownProfileError, and ProfileError for one that is faulty or made for another kind.
    """
    asked = str(name_or_path)
    if asked == canonical_name(kind):
        return canonical_profile(kind)
    profile = next((found for found in builtin_profiles() if found.name == asked), None) or _read_own(asked, kind)
    if profile.kind not in (kind.name, kind.plural):
        raise ProfileError(profile.name, f"it reads {profile.kind}, not {kind.plural}")
    return profile


def _read_own(asked: str, kind: Kind) -> Profile:
    path = Path(asked)
    if path.suffix.lower() != ".toml" or not path.is_file():
        raise UnknownProfileError(asked, [profile.name for profile in builtin_profiles()] + [f"{PREFIX}{kind.plural}"])
    try:
        return parse_profile(path.stem, path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(path.name, f"it cannot be read as UTF-8 text ({error})") from error
