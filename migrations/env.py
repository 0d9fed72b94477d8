"""How Alembic reaches the database: the connection it is handed, or AMO_DATABASE_URL. Guards are set again after."""

import os

from alembic import context
from alembic.util import CommandError

from admin.accounts import models as accounts
from catalog import registry
from catalog.database import open_engine
from catalog.gmr.commission import models as commission
from catalog.journal import models as journal
from catalog.ngap_ccam.atelier import models as atelier
from catalog.orm import Base
from catalog.releases import guards, models, reviewing_models
from catalog.releases.tables import tables_of

assert models.Release.metadata is accounts.Account.metadata is journal.JournalEntry.metadata is Base.metadata
assert reviewing_models.Plan.metadata is Base.metadata
assert commission.Dossier.metadata is Base.metadata
assert atelier.Proposition.metadata is Base.metadata
for kind in registry.KINDS:
    tables_of(kind)


def run(connection):
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    guards.install(connection)


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    if not os.environ.get("AMO_DATABASE_URL"):
        raise CommandError("AMO_DATABASE_URL is not set: it says which database to migrate.")
    engine = open_engine(os.environ["AMO_DATABASE_URL"]).execution_options(amo_writes=True)
    with engine.begin() as own:
        run(own)
