"""The only module that imports every family: the kinds this catalogue holds."""

from __future__ import annotations

from catalog.gmr import family as gmr
from catalog.gmr import importer
from catalog.kinds import Kinds
from catalog.legal import family as legal

KINDS = Kinds((*legal.KINDS, *gmr.KINDS))

importer.register()
