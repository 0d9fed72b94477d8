"""What is recorded of a legal act: DOMAIN 6.1 asks for each of its dates."""

from __future__ import annotations

from catalog.fields import DayField, PayloadSchema, TextField

TYPES = (
    "loi", "decret", "arrete", "convention", "avenant", "decision", "rectificatif", "guide", "publication", "rapport",
)  # fmt: skip
STATUSES = ("NEGOCIE", "SIGNE", "APPROUVE", "PUBLIE", "EN_VIGUEUR", "ABROGE")


class LegalActSchema(PayloadSchema):
    """Only an act EN_VIGUEUR answers prices; a SIGNE or NEGOCIE one is told as a note (DOMAIN fact 5)."""

    type = TextField("Type d'acte", choices=TYPES, required=True)
    numero = TextField("Numéro")
    title = TextField("Intitulé", required=True)
    title_ar = TextField("Intitulé en arabe")
    statut = TextField("Statut", "How far the act has gone on its way into force.", choices=STATUSES, required=True)
    signed_on = DayField("Date de signature")
    approved_on = DayField("Date d'approbation")
    published_on = DayField("Date de publication")
    bo_numero = TextField("Numéro du Bulletin officiel")
    effective_from = DayField("Date d'effet")
    effective_to = DayField("Fin d'effet")
    parent = TextField("Acte parent", "The act this one amends, corrects or applies.")
    url = TextField("Adresse", "Where the text can be read.")
