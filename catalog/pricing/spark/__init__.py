"""Pricing as a Spark job, for files that one machine is too small for: the same answers as ``price-file``.

Nothing here is imported by the rest of the program before it is asked for: PySpark and PyArrow come with the extra
``spark``.
"""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from os import environ

from catalog.errors import CatalogError

NEEDED = ("pyspark", "pyarrow", "pandas")


class NotInstalledError(CatalogError):
    def __init__(self, what: str) -> None:
        super().__init__(f"Spark cannot be used: {what}")


def check_installed() -> None:
    """Raises NotInstalledError, saying what is missing."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise NotInstalledError(f"{', '.join(missing)} is not installed. Run pip install 'amo-catalog[spark]'.")
    if shutil.which("java") is None and "JAVA_HOME" not in environ:
        raise NotInstalledError("there is no Java; version 17 or 21 is needed (Debian: default-jre-headless).")
