"""Codes of the conventions family: each says what its entry is about, so that a tariff is found without a search."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.errors import CodeError

ORGANISMES = ("cnops", "cnss")
SECTEURS = ("prive", "public")
VARIANTES = ("soins", "prothese")
"""The dental letter D has one value for care and one for prostheses (DOMAIN 2.1)."""
REGIMES = ("AMO", "MUTUELLE")
PRESTATIONS = ("MEDICAMENT", "ACTE", "FORFAIT", "DISPOSITIF", "DENTAIRE_SOINS", "DENTAIRE_PROTHESE")
MODES = ("ambulatoire", "hospitalisation")
SITUATIONS = ("NORMALE", "EXONERATION")
EVERY = "*"
"""Stands for every sector in the code of a rate."""

_SLUG = re.compile(r"^[a-z0-9][a-z0-9.-]{0,79}$", re.ASCII)
_LETTRE = re.compile(r"^[A-Z]{1,6}$", re.ASCII)
_FORFAIT = re.compile(r"^[A-Z0-9][A-Z0-9_.-]{0,79}$", re.ASCII)
_BAND = re.compile(
    r"^(?P<name>[A-Z0-9_]+?)_(?P<lettre>[A-Z]{1,6})(?P<low>\d{0,4})(?:_(?P=lettre)(?P<high>\d{0,4}))?$", re.ASCII
)
_PRESENTATION = re.compile(r"^(?:\d{13,14}|AMO-[0-9A-F]{10})$", re.ASCII)
_INPE = re.compile(r"^\d{9}$", re.ASCII)


@dataclass(frozen=True, slots=True)
class TarifCode:
    """What the code of a key letter or a forfait says: its name, and whose value it is."""

    name: str
    variante: str | None
    convention: str
    organisme: str | None

    def __str__(self) -> str:
        head = f"{self.name}.{self.variante}" if self.variante else self.name
        return ":".join(part for part in (head, self.convention, self.organisme) if part)


def parse_slug(text: str) -> str:
    """The code of a convention or of a payer's rule: lower-case words joined by dashes. Raises CodeError."""
    code = text.strip().lower()
    if not _SLUG.match(code):
        raise CodeError(text, "write small letters, digits, dots or dashes, for example medecins-prive-2006.")
    return code


def parse_lettre(text: str) -> str:
    """A key letter as it is compared: ``Cs`` and ``CS`` are one. Raises CodeError."""
    lettre = text.strip().upper()
    if not _LETTRE.match(lettre):
        raise CodeError(text, "a key letter has 1 to 6 letters, for example Cs.")
    return lettre


def parse_forfait(text: str) -> str:
    """The name of a forfait, upper case; the numbers of a band get three digits, ``CHIRURGIE_K030_K039``.

    A band with an open end is written ``CHIRURGIE_K310``; one that begins at nothing begins at 0. Raises CodeError.
    """
    name = text.strip().upper()
    band = _BAND.match(name)
    if band and (band["low"] or band["high"]):
        ends = [band["low"] or "0", band["high"]]
        name = "_".join([band["name"], *(f"{band['lettre']}{int(end):03d}" for end in ends if end)])
    if not _FORFAIT.match(name):
        raise CodeError(text, "write capital letters, digits, _ . or -, for example REANIMATION_JOUR.")
    return name


def band_letter(forfait: str) -> str | None:
    """The key letter whose coefficients a forfait's canonical name spans, or None."""
    band = _BAND.match(forfait)
    return band["lettre"] if band and band["low"] else None


def read_lettre_cle(text: str) -> TarifCode:
    """``<LETTRE>[.<variante>]:<convention>[:<organisme>]``. Raises CodeError."""
    head, convention, organisme = _tarif_parts(text)
    lettre, dot, variante = head.partition(".")
    if dot and variante.lower() not in VARIANTES:
        raise CodeError(text, f"the variant after the dot is one of {', '.join(VARIANTES)}.")
    return TarifCode(parse_lettre(lettre), variante.lower() or None, convention, organisme)


def read_forfait(text: str) -> TarifCode:
    """``<FORFAIT>:<convention>[:<organisme>]``. Raises CodeError."""
    head, convention, organisme = _tarif_parts(text)
    return TarifCode(parse_forfait(head), None, convention, organisme)


def _tarif_parts(text: str) -> tuple[str, str, str | None]:
    head, *rest = text.strip().split(":")
    if len(rest) not in (1, 2):
        raise CodeError(
            text, "write its name, its convention and, for a payer's own value, the payer, joined by colons."
        )
    return head, parse_slug(rest[0]), parse_organisme(rest[1]) if len(rest) == 2 else None


def parse_organisme(text: str) -> str:
    """Raises CodeError."""
    return _choice(text, text.strip().lower(), ORGANISMES)


def parse_lettre_cle(text: str) -> str:
    """The canonical code of a key letter's value. Raises CodeError."""
    return str(read_lettre_cle(text))


def parse_forfait_code(text: str) -> str:
    """The canonical code of a forfait's amount. Raises CodeError."""
    return str(read_forfait(text))


def parse_adherence(text: str) -> str:
    """``<convention>:<organisme>``. Raises CodeError."""
    convention, organisme = _split(text, 2, "<convention>:<organisme>")
    return f"{parse_slug(convention)}:{parse_organisme(organisme)}"


def taux_code(organisme: str, regime: str, prestation: str, mode: str, secteur: str | None, situation: str) -> str:
    """The code of the rate of one case; no sector stands for all."""
    return ":".join((organisme, regime, prestation, mode, secteur or EVERY, situation))


def parse_taux(text: str) -> str:
    """``<organisme>:<regime>:<prestation>:<mode>:<secteur or *>:<situation>``. Raises CodeError."""
    form = "<organisme>:<regime>:<prestation>:<mode>:<secteur or *>:<situation>"
    organisme, regime, prestation, mode, secteur, situation = _split(text, 6, form)
    return taux_code(
        parse_organisme(organisme),
        _choice(text, regime.upper(), REGIMES),
        _choice(text, prestation.upper(), PRESTATIONS),
        _choice(text, mode.lower(), MODES),
        _choice(text, secteur.lower(), (*SECTEURS, EVERY)),
        _choice(text, situation.upper(), SITUATIONS),
    )


def parse_liste(text: str) -> str:
    """``<organisme>:<presentation code>``, or a slug of the name where no presentation is known. Raises CodeError."""
    organisme, entry = _split(text, 2, "<organisme>:<presentation or name>")
    listed = entry.upper() if is_presentation(entry.upper()) else parse_slug(entry)
    if listed.isdigit() and not is_presentation(listed):
        raise CodeError(text, "write the code of the presentation with its 13 digits.")
    return f"{parse_organisme(organisme)}:{listed}"


def is_presentation(text: str) -> bool:
    """Whether a text is a presentation's canonical code: 13 or 14 digits, or an internal code."""
    return bool(_PRESENTATION.match(text))


def parse_inpe(text: str) -> str:
    """An INPE has 9 digits; no check digit is known (DOMAIN 1.1). Raises CodeError."""
    inpe = text.strip().replace(" ", "")
    if not _INPE.match(inpe):
        raise CodeError(text, "an INPE has 9 digits.")
    return inpe


def parse_adhesion(text: str) -> str:
    """``<INPE>:<organisme>``. Raises CodeError."""
    inpe, organisme = _split(text, 2, "<INPE>:<organisme>")
    return f"{parse_inpe(inpe)}:{parse_organisme(organisme)}"


def _split(text: str, parts: int, form: str) -> list[str]:
    found = [part.strip() for part in text.split(":")]
    if len(found) != parts:
        raise CodeError(text, f"write {form}.")
    return found


def _choice(text: str, found: str, choices: tuple[str, ...]) -> str:
    if found not in choices:
        raise CodeError(text, f"{found!r} is not one of {', '.join(choices)}.")
    return found
