"""Settings from the environment, read once at start; every fault is named at once."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from catalog.errors import CatalogError

OIDC = ("AMO_OIDC_ISSUER", "AMO_OIDC_CLIENT_ID", "AMO_OIDC_CLIENT_SECRET")
"""The identity provider people may sign in to the console by: all of them, or none."""
NAMES = (
    "AMO_DATABASE_URL",
    "AMO_DATA_DIR",
    "AMO_SECRET_KEY",
    "AMO_LOG_LEVEL",
    "AMO_MAX_BODY_BYTES",
    "AMO_PUBLIC_URL",
    "AMO_READ_ONLY",
    "AMO_REQUIRE_TOTP",
    "AMO_OIDC_ROLES_CLAIM",
    *OIDC,
)
FLAGS = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

SHORTEST_KEY = 32
DEFAULT_MAX_BODY = 8 * 2**20
KEY_FILE = "secret-key"


class SettingsError(CatalogError):
    """``faults`` holds a sentence for each setting that is bad or missing."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = list(faults)
        super().__init__("The settings cannot be used. " + " ".join(self.faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where data lies and how the service behaves. ``secret_key`` None: kept in the data folder, made on first use.

    ``read_only``: the database is a replica, or is to be left as it is; the console stays closed.
    """

    database_url: str
    data_dir: Path
    secret_key: str | None = None
    log_level: str = "INFO"
    max_body_bytes: int = DEFAULT_MAX_BODY
    oidc: tuple[str, str, str] | None = None
    oidc_roles: str = "roles"
    require_totp: bool = False
    read_only: bool = False
    public_url: str | None = None
    unknown: tuple[str, ...] = ()

    @property
    def index_dir(self) -> Path:
        return self.data_dir / "search"

    @property
    def snapshot_dir(self) -> Path:
        return self.data_dir / "snapshots"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Raises SettingsError listing every setting that is bad or missing. An empty variable counts as absent."""
        told = {name: value.strip() for name, value in environ.items() if name.startswith("AMO_") and value.strip()}
        data_dir = Path(told.get("AMO_DATA_DIR", "var"))
        database_url = told.get("AMO_DATABASE_URL") or f"sqlite:///{data_dir / 'catalog.sqlite'}"
        faults = [
            *_database_faults(database_url),
            *_folder_faults(data_dir),
            *_key_faults(told.get("AMO_SECRET_KEY")),
            *_level_faults(told.get("AMO_LOG_LEVEL", "INFO")),
            *_body_faults(told.get("AMO_MAX_BODY_BYTES", "1")),
            *_flag_faults("AMO_REQUIRE_TOTP", told.get("AMO_REQUIRE_TOTP", "0")),
            *_flag_faults("AMO_READ_ONLY", told.get("AMO_READ_ONLY", "0")),
            *_address_faults(told.get("AMO_PUBLIC_URL")),
            *_oidc_faults(told),
        ]
        if faults:
            raise SettingsError(faults)
        return cls(
            database_url=database_url,
            data_dir=data_dir,
            secret_key=told.get("AMO_SECRET_KEY"),
            log_level=told.get("AMO_LOG_LEVEL", "INFO").upper(),
            max_body_bytes=int(told.get("AMO_MAX_BODY_BYTES", DEFAULT_MAX_BODY)),
            oidc=(told[OIDC[0]], told[OIDC[1]], told[OIDC[2]]) if OIDC[0] in told else None,
            oidc_roles=told.get("AMO_OIDC_ROLES_CLAIM", "roles"),
            require_totp=FLAGS[told.get("AMO_REQUIRE_TOTP", "0").lower()],
            read_only=FLAGS[told.get("AMO_READ_ONLY", "0").lower()],
            public_url=told.get("AMO_PUBLIC_URL"),
            unknown=tuple(sorted(set(told) - set(NAMES))),
        )

    def find_secret_key(self) -> str:
        """The key given, else the one kept in the data folder, which is made when absent and readable by its owner."""
        if self.secret_key:
            return self.secret_key
        path = self.data_dir / KEY_FILE
        with suppress(FileExistsError):
            self.data_dir.mkdir(parents=True, exist_ok=True)
            made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(made, "w") as target:
                target.write(secrets.token_hex(SHORTEST_KEY))
        return path.read_text().strip()


def _database_faults(url: str) -> list[str]:
    try:
        driver = make_url(url).drivername
    except ArgumentError:
        return ["AMO_DATABASE_URL is not a database address, such as sqlite:///var/catalog.sqlite."]
    if driver in ("sqlite", "postgresql+psycopg"):
        return []
    return [f"AMO_DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://, not {driver}://."]


def _folder_faults(folder: Path) -> list[str]:
    is_blocked = any(place.exists() and not place.is_dir() for place in (folder, *folder.parents))
    return [f"AMO_DATA_DIR is {str(folder)!r}, which is no folder and cannot become one."] if is_blocked else []


def _key_faults(key: str | None) -> list[str]:
    if key is not None and len(key) < SHORTEST_KEY:
        return [f"AMO_SECRET_KEY must have at least {SHORTEST_KEY} characters."]
    return []


def _level_faults(level: str) -> list[str]:
    return [] if level.upper() in LEVELS else [f"AMO_LOG_LEVEL must be one of {', '.join(LEVELS)}, not {level!r}."]


def _body_faults(size: str) -> list[str]:
    is_size = size.isascii() and size.isdigit() and int(size[:12]) > 0
    return [] if is_size else [f"AMO_MAX_BODY_BYTES must be a whole number of bytes, not {size!r}."]


def _address_faults(url: str | None) -> list[str]:
    if url is None:
        return []
    parts = urlsplit(url)
    is_home = parts.scheme in ("http", "https") and bool(parts.netloc) and not (parts.query or parts.fragment)
    told = f"AMO_PUBLIC_URL must be the address the site is reached by, such as https://amo.example.ma, not {url!r}."
    return [] if is_home else [told]


def _flag_faults(name: str, said: str) -> list[str]:
    return [] if said.lower() in FLAGS else [f"{name} must be yes or no, not {said!r}."]


def _oidc_faults(told: Mapping[str, str]) -> list[str]:
    missing = [name for name in OIDC if name not in told]
    if len(missing) in (0, len(OIDC)):
        return []
    return [f"{' and '.join(missing)} must be set too: AMO_OIDC_* are set all together or not at all."]
