"""The command line, ``amo-catalog``: results on standard output, messages and progress on standard error."""

from __future__ import annotations

import click

from service.cli import drafts, imports, keys, lookups, pricing, releases, reviewing, running, search, spark, users
from service.cli.base import CatalogGroup


@click.group(cls=CatalogGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="amo-catalog", prog_name="amo-catalog")
def main() -> None:
    """Versioned reference of Morocco's compulsory health insurance.

    Settings come from the environment (AMO_DATABASE_URL, AMO_DATA_DIR …: see README). Exit status: 0 done, 1 refused
    and nothing written, 2 wrong usage.
    """


for command in (
    running.init,
    running.serve,
    running.reindex,
    running.verify,
    imports.import_,
    drafts.draft,
    releases.release,
    releases.diff,
    releases.export,
    lookups.lookup,
    search.search,
    pricing.price,
    pricing.price_file_,
    spark.spark_price,
    users.user,
    keys.key,
):
    main.add_command(command)

for command in reviewing.COMMANDS:
    drafts.draft.add_command(command)
