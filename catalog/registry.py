"""The only module that imports every family: the kinds this catalogue holds."""

from __future__ import annotations

from catalog.conventions import family as conventions
from catalog.conventions import importer as conventions_importer
from catalog.dispositifs import family as dispositifs
from catalog.glossaire import family as glossaire
from catalog.gmr import family as gmr
from catalog.gmr import importer
from catalog.kinds import Kinds
from catalog.legal import family as legal
from catalog.ngap_ccam import family as ngap_ccam

KINDS = Kinds((*legal.KINDS, *gmr.KINDS, *conventions.KINDS, *ngap_ccam.KINDS, *dispositifs.KINDS, *glossaire.KINDS))

importer.register()
conventions_importer.register()
