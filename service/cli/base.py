"""What every command shares: the errors' exit status, the opened catalogue, JSON or text, the clock."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from admin.accounts.verbs import check_may
from catalog.database import check_schema, open_engine, reading, writing
from catalog.dated_facets import DATED
from catalog.errors import CatalogError
from catalog.registry import KINDS
from catalog.search.store import IndexStore
from catalog.searching import SEARCHABLES
from catalog.snapshots.reading import Snapshot
from catalog.snapshots.store import SnapshotStore
from catalog.temporal import Moment, day_in_morocco, format_instant, parse_day, parse_instant
from service.replica import reading_only
from service.settings import Settings, SettingsError

REFUSED = 1


class ReadOnlyError(CatalogError):
    def __init__(self) -> None:
        super().__init__("This machine only reads (AMO_READ_ONLY): give the command on the primary.")


class CatalogGroup(click.Group):
    """Turns the domain's refusals into one sentence on standard error and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CatalogError as error:
            click.echo(f"Refused: {error}", err=True)
            ctx.exit(REFUSED)
        except sa.exc.OperationalError as error:
            click.echo(f"Refused: the database cannot be reached or is busy: {error.orig}", err=True)
            ctx.exit(REFUSED)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Catalogue:
    """The catalogue the environment names, opened on first use."""

    settings: Settings

    @cached_property
    def engine(self) -> sa.Engine:
        url = self.settings.database_url
        return open_engine(reading_only(url) if self.settings.read_only else url)

    @cached_property
    def store(self) -> SnapshotStore:
        return SnapshotStore(self.settings.snapshot_dir, KINDS, prepare=self.indexes.refresh)

    @cached_property
    def indexes(self) -> IndexStore:
        return IndexStore(self.settings.index_dir, SEARCHABLES, DATED, key=self.settings.find_secret_key())

    @contextmanager
    def reading(self) -> Iterator[Session]:
        check_schema(self.engine)
        with reading(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        self.check_writable()
        check_schema(self.engine)
        with writing(self.engine) as session:
            yield session

    def check_writable(self) -> None:
        """Raises ReadOnlyError on a machine that only reads."""
        if self.settings.read_only:
            raise ReadOnlyError

    def refresh(self, *, force: bool = False) -> Snapshot:
        """The snapshot of the newest release, built when it is behind."""
        with self.reading() as session:
            return self.store.refresh(session, force=force)


def open_catalogue() -> Catalogue:
    """Raises SettingsError when the settings cannot be used, the data folder included."""
    settings = Settings.from_environment(os.environ)
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unusable_folder(settings, error) from None
    return Catalogue(settings)


def unusable_folder(settings: Settings, error: OSError) -> SettingsError:
    return SettingsError([f"AMO_DATA_DIR is {str(settings.data_dir)!r}, which cannot be written: {error.strerror}."])


def echo(text: str) -> None:
    click.echo(text)


def tell(text: str) -> None:
    """A message beside the results."""
    click.echo(text, err=True)


def print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def print_json_list(head: Mapping[str, Any], name: str, items: Iterable[Any]) -> None:
    """What ``print_json`` prints of ``{**head, name: [*items]}``, item by item: there may be very many."""
    whole = json.dumps({**head, name: []}, ensure_ascii=False, indent=2)
    opening, closing = whole[:-3], whole[-3:]
    click.echo(opening, nl=False)
    comma = ""
    for item in items:
        told = json.dumps(item, ensure_ascii=False, indent=2).replace("\n", "\n    ")
        click.echo(f"{comma}\n    {told}", nl=False)
        comma = ","
    click.echo(f"\n  {closing}" if comma else closing)


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")(command)


def check_actor(session: Session, who: str, verb: str) -> None:
    """An account's roles are enforced; as long as nobody has one, a name is recorded as given, and said so.

    Raises UnknownAccountError once accounts are in use, AccountDisabledError, NotAllowedError.
    """
    if not check_may(session, who, verb):
        tell(f"Note: nobody has an account yet; the name {who!r} is recorded as given.")


class DayType(click.ParamType[Any]):
    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return parse_day(value) if isinstance(value, str) else value
        except CatalogError as error:
            self.fail(str(error), param, ctx)


class InstantType(click.ParamType[Any]):
    name = "INSTANT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return parse_instant(value) if isinstance(value, str) else value
        except CatalogError as error:
            self.fail(str(error), param, ctx)


class NameType(click.ParamType[Any]):
    """Who acts: spaces around a name are no part of it, or one person could pass for two."""

    name = "USER"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        name = " ".join(str(value).split())
        if not name:
            self.fail("a name is missing.", param, ctx)
        return name


class KindType(click.ParamType[Any]):
    """A kind by its plural, as the addresses name it, or its singular; answers the plural."""

    name = "KIND"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return KINDS.find(value).plural
        except CatalogError as error:
            self.fail(str(error), param, ctx)


KIND_LIST = f"KIND is one of {', '.join(KINDS.plurals)}."
DAY, INSTANT, KIND, NAME = DayType(), InstantType(), KindType(), NameType()


def acting_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--as", "who", required=True, type=NAME, help="Who does it, by account name.")(command)


def clock_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--as-of``, ``--known-at`` and ``--release``: the two clocks of every read."""
    for option in (
        click.option("--as-of", type=DAY, help="Day the fact must be in force (default: today in Morocco)."),
        click.option("--known-at", type=INSTANT, help="What had been published at that instant (default: now)."),
        click.option("--release", "release", help="What release N knew, instead of --known-at."),
    ):
        command = option(command)
    return command


def moment_of(snapshot: Snapshot, as_of: Any, known_at: datetime | None, release: str | None) -> Moment:
    """The Moment the options name. Raises UsageError when both clocks of knowledge are given."""
    if known_at is not None and release is not None:
        raise click.UsageError("Give --known-at or --release, not both.")
    if known_at is not None and known_at > now():
        raise click.UsageError("--known-at has not come yet: what will be known then cannot be told.")
    day = as_of or day_in_morocco(now())
    seq = snapshot.release(release).seq if release is not None else snapshot.release_at(known_at or now())
    return Moment(day, seq)


def clocks_told(snapshot: Snapshot, moment: Moment, known_at: datetime | None, release: str | None) -> dict[str, Any]:
    """What every answer states; the instant is never before the release it names."""
    published_at = snapshot.release(moment.release).published_at
    instant = published_at if release is not None else known_at or max(now().replace(microsecond=0), published_at)
    return {"as_of": moment.as_of.isoformat(), "known_at": format_instant(instant), "release": moment.release}
