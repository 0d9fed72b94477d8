"""One address of every make of public page, over the bundled pack; a rule without one fails the tests that use this."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask

from tests.api.golden_catalogue import CORRECTED, DIAMICRON, EPREX, VALVE, WITHDRAWN

ADDRESSES = {
    "/": ["/"],
    "/recherche": ["/recherche", "/recherche?q=diamicron", "/recherche?q=zzyzx", "/recherche?q=diamicrom"],
    "/medicaments/<path:code>": [f"/medicaments/{DIAMICRON}", f"/medicaments/{WITHDRAWN}"],
    "/groupes-generiques/<path:code>": ["/groupes-generiques/GLICLAZIDE-80-CP-20"],
    "/substances/<path:code>": ["/substances/GLICLAZIDE%2080%20MG%20COMPRIME%20SECABLE"],
    "/actes": ["/actes", "/actes?nomenclature=ngap", "/actes?noeud=000648"],
    "/actes/ngap/<path:code>": ["/actes/ngap/D708"],
    "/actes/ccam/<path:code>": ["/actes/ccam/HBJD001"],
    "/dispositifs": ["/dispositifs"],
    "/dispositifs/<path:code>": [f"/dispositifs/{VALVE}"],
    "/conventions": ["/conventions"],
    "/conventions/<path:code>": ["/conventions/medecins-prive-2006"],
    "/lettres-cles": ["/lettres-cles"],
    "/lettres-cles/<lettre>": ["/lettres-cles/C"],
    "/forfaits/<forfait>": ["/forfaits/CESARIENNE"],
    "/tiers-payant": ["/tiers-payant", f"/tiers-payant?code={EPREX}&organisme=cnops&as_of=2017-01-10"],
    "/tiers-payant/listes/<organisme>": ["/tiers-payant/listes/cnops"],
    "/affiches": ["/affiches"],
    "/affiches/<path:code>": ["/affiches/medecins-prive-2006"],
    "/affiches/tiers-payant/<organisme>": ["/affiches/tiers-payant/cnops"],
    "/versions": ["/versions"],
    "/versions/<n>": ["/versions/5"],
    "/versions/<n>/differences": ["/versions/5/differences"],
    "/actes-juridiques": ["/actes-juridiques"],
    "/actes-juridiques/<path:code>": ["/actes-juridiques/arrete-177-06"],
    "/avis": ["/avis"],
    "/avis/<path:code>": ["/avis/CT-2013-NOCAND"],
    "/glossaire": ["/glossaire"],
    "/chiffres": ["/chiffres"],
    "/telechargements": ["/telechargements"],
    "/flux": ["/flux"],
}
"""By rule; the first address of each is the plain one."""
FILES = {
    "/medicaments/<path:code>/code-barres.svg": f"/medicaments/{DIAMICRON}/code-barres.svg",
    "/affiches/<path:code>.pdf": "/affiches/medecins-prive-2006.pdf",
    "/affiches/tiers-payant/<organisme>.pdf": "/affiches/tiers-payant/cnops.pdf",
    "/flux/versions.atom": "/flux/versions.atom",
    "/flux/versions.json": "/flux/versions.json",
    "/flux/dci/<path:dci>.atom": "/flux/dci/GLICLAZIDE.atom",
    "/flux/dci/<path:dci>.json": "/flux/dci/GLICLAZIDE.json",
}
"""Rules whose answer is no page."""
REFUSED = {
    "/nulle-part": 404,
    "/medicaments/6118009999999": 404,
    f"/medicaments/{DIAMICRON}?as_of=2001-01-01": 404,
    "/recherche?q=diamicron&as_of=hier": 400,
    "/versions/999": 404,
    f"/tiers-payant?code={CORRECTED}&organisme=cnops": 409,
}
"""Pages that say why not, with their status."""
PLAIN = [addresses[0] for addresses in ADDRESSES.values()]
EVERY = [address for addresses in ADDRESSES.values() for address in addresses]


def arabic(address: str) -> str:
    return f"/ar{address}"


def rules(app: Flask) -> Iterator[str]:
    """The rules of the public pages, in French."""
    return (rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("site."))
