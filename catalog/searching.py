"""By which of its fields an entry of each kind is found, and shown in a list of hits."""

from __future__ import annotations

from catalog.search.searchable import Searchable, Searchables

SEARCHABLES: Searchables = {
    "medicament": Searchable(
        title="nom",
        names=("nom", "nom_ar"),
        substances=("dci",),
        forms=("forme", "presentation", "laboratoire", "classe_therapeutique"),
        doses=("dosages", "unites"),
        detail=("dci", "forme", "presentation"),
        price="ppv",
        facets={
            "dci": "dci",
            "forme": "forme",
            "classe_therapeutique": "classe_therapeutique",
            "princeps_generique": "princeps_generique",
            "remboursable": "admis_remboursement",
        },
    ),
    "gtin": Searchable(alias_of="presentation", alias_kind="medicament"),
    "acte_ngap": Searchable(
        title="libelle", labels=("libelle", "libelle_ar"), forms=("chapitre", "remarque"), detail=("chapitre",)
    ),
    "acte_ccam": Searchable(title="libelle", labels=("libelle",), forms=("libelle_court",), detail=("libelle_court",)),
    "dispositif": Searchable(
        title="libelle", labels=("libelle", "libelle_ar"), forms=("remarque",), detail=("classe",),
        facets={"classe": "classe"},
    ),
    "groupe_generique": Searchable(title="libelle", labels=("libelle",), substances=("dci",), forms=("forme",)),
    "substance": Searchable(
        title="dci", substances=("dci",), forms=("forme",), doses=("dosages", "unites"), detail=("forme", "liste")
    ),
    "terme": Searchable(title="libelle", labels=("libelle", "libelle_ar"), forms=("definition",), detail=()),
    "convention": Searchable(title="libelle", labels=("libelle", "libelle_ar")),
    "lettre_cle": Searchable(
        title="designation", names=("lettre",), labels=("designation",), detail=("lettre", "secteur"),
        is_headed=True,
    ),
    "forfait": Searchable(title="libelle", labels=("libelle",), detail=("secteur", "unite"), is_headed=True),
    "regle_organisme": Searchable(title="libelle", labels=("libelle",), detail=("organisme",)),
    "taux": Searchable(
        noun="Taux de remboursement", title="prestation", labels=("prestation", "regime", "situation", "mode"),
        forms=("organisme",), detail=("organisme", "regime", "mode", "secteur", "situation"),
    ),
}  # fmt: skip
"""In the order shown where two hits are as good. Devices come before headings, medicines before all."""
