"""A Spark to work with: the one that submitted the program, else one on this machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from pyspark.sql import SparkSession

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    # A row number is made while a file is read: it must be the same in each pass over it.
    "spark.sql.files.ignoreCorruptFiles": "false",
}


def open_spark(master: str | None = None, settings: Mapping[str, str] | None = None) -> Any:
    """``master`` None: the cluster that ``spark-submit`` names, else all cores of this machine."""
    # Workers on this machine run the Python of the driver, wherever the command was called from.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("amo-catalog spark-price")
    if master is not None:
        builder = builder.master(master)
    for name, value in {**SETTINGS, **(settings or {})}.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
