"""Settings: each default, and every fault told at once."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from service.settings import DEFAULT_MAX_BODY, Settings, SettingsError

KEY = "k" * 32
OIDC = {
    "AMO_OIDC_ISSUER": "https://sso.example",
    "AMO_OIDC_CLIENT_ID": "amo",
    "AMO_OIDC_CLIENT_SECRET": "secret",
}


def test_nothing_set_is_an_sqlite_file_under_var() -> None:
    told = Settings.from_environment({})
    assert told.database_url == "sqlite:///var/catalog.sqlite"
    assert (told.data_dir, told.snapshot_dir) == (Path("var"), Path("var/snapshots"))
    assert (told.log_level, told.max_body_bytes, told.oidc) == ("INFO", DEFAULT_MAX_BODY, None)


def test_an_empty_variable_is_an_absent_one() -> None:
    assert Settings.from_environment({"AMO_DATA_DIR": " ", "AMO_LOG_LEVEL": ""}) == Settings.from_environment({})


def test_the_default_database_lies_in_the_data_folder(tmp_path: Path) -> None:
    told = Settings.from_environment({"AMO_DATA_DIR": str(tmp_path)})
    assert told.database_url == f"sqlite:///{tmp_path}/catalog.sqlite"


def test_everything_set() -> None:
    told = Settings.from_environment(
        {
            "AMO_DATABASE_URL": "postgresql+psycopg://amo@db/amo",
            "AMO_SECRET_KEY": KEY,
            "AMO_LOG_LEVEL": "debug",
            "AMO_MAX_BODY_BYTES": "1000",
            "AMO_PUBLIC_URL": "https://amo.example.ma/",
            "AMO_READ_ONLY": "yes",
            **OIDC,
        }
    )
    assert (told.secret_key, told.log_level, told.max_body_bytes) == (KEY, "DEBUG", 1000)
    assert (told.public_url, told.read_only) == ("https://amo.example.ma/", True)
    assert told.oidc == ("https://sso.example", "amo", "secret")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AMO_DATABASE_URL", "nonsense"),
        ("AMO_DATABASE_URL", "mysql://x"),
        ("AMO_DATABASE_URL", "postgresql://amo@db/amo"),
        ("AMO_DATA_DIR", "/dev/null/var"),
        ("AMO_SECRET_KEY", "short"),
        ("AMO_LOG_LEVEL", "LOUD"),
        ("AMO_MAX_BODY_BYTES", "many"),
        ("AMO_MAX_BODY_BYTES", "0"),
        ("AMO_PUBLIC_URL", "amo.example.ma"),
        ("AMO_PUBLIC_URL", "https://amo.example.ma/?x=1"),
        ("AMO_MAX_BODY_BYTES", "１"),
        ("AMO_OIDC_ISSUER", "https://sso.example"),
        ("AMO_READ_ONLY", "perhaps"),
        ("AMO_REQUIRE_TOTP", "perhaps"),
    ],
)
def test_a_bad_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment({name: value, **({} if "SECRET" in name else {"AMO_SECRET_KEY": KEY})})
    assert len(refused.value.faults) == 1
    assert name.rpartition("_")[0] in refused.value.faults[0]


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment(
            {
                "AMO_DATABASE_URL": "mysql://amo:1234@db/amo",
                "AMO_SECRET_KEY": "short",
                "AMO_LOG_LEVEL": "LOUD",
                "AMO_MAX_BODY_BYTES": "many",
                "AMO_OIDC_CLIENT_ID": "amo",
            }
        )
    told = str(refused.value)
    named = ("DATABASE_URL", "SECRET_KEY", "LOG_LEVEL", "MAX_BODY_BYTES", "OIDC_ISSUER", "OIDC_CLIENT_SECRET")
    assert [name for name in named if f"AMO_{name}" not in told] == []
    assert "1234" not in told


@pytest.mark.parametrize("missing", OIDC)
def test_oidc_is_set_whole_or_not_at_all(missing: str) -> None:
    with pytest.raises(SettingsError, match=missing):
        Settings.from_environment({name: value for name, value in OIDC.items() if name != missing})


def test_a_misspelt_setting_is_noticed() -> None:
    assert Settings.from_environment({"AMO_DATABSE_URL": "x"}).unknown == ("AMO_DATABSE_URL",)


def test_the_key_is_made_once_and_kept_for_its_owner(tmp_path: Path) -> None:
    told = Settings.from_environment({"AMO_DATA_DIR": str(tmp_path / "new")})
    key = told.find_secret_key()
    assert len(key) == 64
    assert told.find_secret_key() == key
    assert stat.S_IMODE((tmp_path / "new" / "secret-key").stat().st_mode) == 0o600


def test_a_key_that_is_given_is_not_written_down(tmp_path: Path) -> None:
    told = Settings.from_environment({"AMO_DATA_DIR": str(tmp_path), "AMO_SECRET_KEY": KEY})
    assert told.find_secret_key() == KEY
    assert list(tmp_path.iterdir()) == []
