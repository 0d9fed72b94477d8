"""How the words of the lists are said on a poster: professions, sectors, units, payers (DOMAIN 7)."""

from __future__ import annotations

from service.site.languages import later as _

PROFESSIONS = {
    "medecins": _("Médecins"),
    "dentistes": _("Médecins dentistes"),
    "biologistes": _("Biologistes"),
    "pharmaciens": _("Pharmaciens d’officine"),
    "etablissements": _("Établissements de soins"),
    "autre": _("Autres professions"),
}
SECTORS = {"prive": _("secteur privé"), "public": _("secteur public")}
UNITS = {"SEJOUR": _("par séjour"), "JOUR": _("par jour"), "SEANCE": _("par séance"), "ACTE": _("par acte")}
PER_COEFFICIENT, FLAT = _("× coefficient"), _("forfaitaire")
PAYERS = {"cnops": _("CNOPS"), "cnss": _("CNSS")}
EVERY_PAYER = _("tous, sauf tarif propre")
