"""Payload of a device. Amounts in centimes; the French words are the law's."""

from __future__ import annotations

from catalog.fields import FlagField, MoneyField, NumberField, PayloadSchema, TextField

CLASSES = ("I", "II", "III")
LATERALITES = ("DROITE", "GAUCHE", "INDIFFERENTE")


class DispositifSchema(PayloadSchema):
    """A device admitted to reimbursement and its forfait (arrêtés 2314-08, 2315-08, 3207-15; DOMAIN 4).

    A limit that no text gives is absent, which is not the same as none.
    """

    libelle = TextField("Libellé", required=True)
    libelle_ar = TextField("Libellé en arabe")
    classe = TextField("Classe", "I treatment, II external, III internal (implants).", choices=CLASSES)
    forfait = MoneyField("Forfait", "The tariff of reference; the base is the smaller of it and the purchase price.")
    accord_prealable = FlagField(
        "Accord préalable", "On the sub-list of arrêté 2315-08; absent where that was not seen."
    )
    quantite_max = NumberField("Quantité maximale", minimum=1)
    renouvellement_mois = NumberField("Renouvellement", "Months before another one is paid.", minimum=1)
    age_min = NumberField("Âge minimal", "Years.", maximum=150)
    age_max = NumberField("Âge maximal", "Years, included.", maximum=150)
    lateralite = TextField("Latéralité", choices=LATERALITES)
    unite = TextField("Unité")
    ligne_arrete = TextField("Ligne de l'arrêté")
    remplace_par = TextField("Remplacé par", "Code of the device that takes its place.")
    parent = TextField("Rubrique", "Heading of the list under which it stands.")
    remarque = TextField("Remarque")
