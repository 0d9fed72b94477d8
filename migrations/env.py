"""How Alembic reaches the database: the connection it is handed, or AMO_DATABASE_URL. Guards are set again after."""

import os

from alembic import context

from admin.accounts import models as accounts
from catalog import registry
from catalog.database import open_engine
from catalog.orm import Base
from catalog.releases import guards, models
from catalog.releases.tables import tables_of

assert models.Release.metadata is accounts.Account.metadata is Base.metadata
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
    engine = open_engine(os.environ["AMO_DATABASE_URL"]).execution_options(amo_writes=True)
    with engine.begin() as own:
        run(own)
