"""The rules of the catalogue in French: by the name of its class, what a rule says and what to do."""

from __future__ import annotations

from collections.abc import Mapping

OF_MEDICINES: Mapping[str, tuple[str, str]] = {
    "RetiredYetAdmitted": (
        "Le médicament est à la fois radié et admis au remboursement.",
        "Un médicament radié n’est pas admis : corrigez l’un des deux.",
    ),
    "UnknownGroup": (
        "Le groupe générique nommé n’est pas au catalogue.",
        "Ajoutez d’abord le groupe, ou corrigez son code.",
    ),
    "CheckDigitIsWrong": (
        "La clé de contrôle du code est fausse.",
        "Comparez le code à la boîte ou à la liste officielle ; gardez-le s’il est imprimé ainsi.",
    ),
    "ListLengthsDiffer": (
        "Les listes de DCI, de dosages et d’unités n’ont pas la même longueur.",
        "Écrivez un dosage et une unité par DCI, dans le même ordre, séparés par « / ».",
    ),
    "ProductUnderTwoCodes": (
        "Un même produit figure sous plusieurs codes.",
        "Si c’est la même boîte, enregistrez l’autre code parmi les codes de présentations, avec sa période.",
    ),
    "AdmittedWithoutBase": (
        "Le médicament est admis au remboursement sans aucune base.",
        "Cherchez la base dans la liste ou son arrêté ; sans elle rien ne peut être calculé pour ce médicament.",
    ),
    "GenericBaseIsNotItsPrice": (
        "La base d’un générique n’est pas son propre prix public.",
        "Un générique est remboursé sur son propre prix : vérifiez les deux montants, et gardez-les si la liste les a.",
    ),
    "PrincepsBaseAbovePrice": (
        "La base dépasse le prix public d’un médicament qui n’est pas un générique.",
        "Vérifiez les deux montants dans la liste : l’un d’eux est sans doute mal saisi.",
    ),
    "PbrIsNotTheClosestGeneric": (
        "La base d’un princeps n’est pas le prix de son générique le plus proche.",
        "Vérifiez la base publiée et le groupe générique ; la base publiée est gardée et c’est elle qui est servie.",
    ),
    "ClosestGenericMoves": (
        "Un prix déplace le générique le plus proche d’un princeps que le brouillon laisse tel quel.",
        "Ajoutez au brouillon le princeps avec sa nouvelle base, si la liste qui apporte ce prix le dit.",
    ),
    "GenericIsDearerThanPrinceps": (
        "Un générique est plus cher que son princeps.",
        "Vérifiez le prix du générique et celui du princeps, et qu’ils sont bien du même groupe.",
    ),
    "HospitalPriceOutOfBand": (
        "Le prix hôpital est hors de proportion avec le prix public.",
        "Vérifiez les deux prix dans la liste ; gardez-les si elle les donne ainsi.",
    ),
    "PriceJump": (
        "Le prix public change d’un montant inhabituel.",
        "Comparez le nouveau prix à l’arrêté : un chiffre en trop ou en moins ressemble à cela.",
    ),
    "UnknownPresentation": (
        "La présentation que ce code désigne n’est pas au catalogue.",
        "Ajoutez d’abord la présentation, ou corrigez son code.",
    ),
    "OpinionWithoutTarget": (
        "L’avis ne nomme aucun médicament.",
        "Donnez au moins la présentation, la spécialité, le nom ou la DCI.",
    ),
    "LevelIsNotListed": (
        "Le niveau n’est pas dans la liste en vigueur.",
        "Choisissez un niveau de la liste, ou ajoutez d’abord le nouveau niveau.",
    ),
    "OpinionOnUnknownPresentation": (
        "La présentation que l’avis nomme n’est pas au catalogue.",
        "Écrivez le code sous lequel la présentation est listée, ou ajoutez la présentation.",
    ),
    "OpinionWithoutLevelOrDecision": (
        "L’avis ne donne ni niveau ni décision.",
        "Donnez le SMR, l’ASMR ou la décision, si l’avis en énonce.",
    ),
}

OF_CONVENTIONS: Mapping[str, tuple[str, str]] = {
    "UnknownConvention": (
        "La convention n’est pas au catalogue.",
        "Ajoutez d’abord la convention, ou corrigez son code.",
    ),
    "CodeAndFieldsDiffer": (
        "Le code de la fiche ne dit pas la même chose que ses champs.",
        "Corrigez le code ou le champ, pour que les deux nomment la même fiche.",
    ),
    "ValueIsZero": (
        "La valeur est nulle ; un tarif absent n’a pas de fiche du tout.",
        "Supprimez la ligne, ou retirez la fiche à partir du jour où elle ne vaut plus.",
    ),
    "TwoValuesForOneLetter": (
        "Deux conventions en vigueur donnent à cette lettre une valeur pour le même secteur et le même organisme.",
        "Fermez l’ancienne valeur, nommez la convention modifiée, ou enregistrez qui applique laquelle.",
    ),
    "TariffOfActNotInForce": (
        "L’acte de cette convention n’est pas en vigueur : la valeur sera dite en note, et ne tarifera rien.",
        "Laissez ainsi ; passez l’acte à « en vigueur », avec sa date d’effet, une fois qu’il est publié.",
    ),
    "BandIsReversed": (
        "La tranche de coefficients finit avant de commencer, ou ne nomme aucune lettre.",
        "Écrivez la lettre, le plus petit et le plus grand coefficient de la tranche, tous deux compris.",
    ),
    "BandsOverlap": (
        "Deux tranches d’une même lettre contiennent le même coefficient.",
        "Corrigez les bornes : un coefficient n’est que dans une tranche.",
    ),
    "RateOutOfScale": (
        "L’AMO et la mutuelle paieraient ensemble plus que toute la base.",
        "Corrigez l’un des deux taux : AMO et mutuelle font 1 au plus.",
    ),
    "PayerRuleIsIncomplete": (
        "La règle remplace un forfait par un autre et ne nomme pas les deux.",
        "Nommez le forfait remplacé et celui payé à la place, par exemple CESARIENNE.",
    ),
    "UnknownMedicine": (
        "Le médicament de cette liste n’est pas au catalogue.",
        "Ajoutez le médicament, ou corrigez son code.",
    ),
    "ListedByNameAlone": (
        "La liste nomme ce médicament sans présentation : il est montré, et aucune présentation n’est prise pour lui.",
        "Donnez le code de la présentation quand la liste elle-même aura été vue.",
    ),
    "MalformedInpe": (
        "L’INPE n’a pas 9 chiffres.",
        "Reprenez l’INPE comme un texte, avec ses 9 chiffres et ses zéros de tête.",
    ),
}

OF_ACTS: Mapping[str, tuple[str, str]] = {
    "CoefficientMissing": (
        "L’acte n’a pas de coefficient : il ne sera pas tarifé.",
        "Prenez-le dans le texte de la nomenclature ; laissez vide si le texte n’en donne pas.",
    ),
    "CoefficientIsZero": (
        "Un coefficient de 0 tariferait l’acte à rien.",
        "Laissez vide là où il n’y a pas de coefficient.",
    ),
    "KeyLetterMissing": (
        "L’acte se tarife par une lettre-clé et n’en nomme aucune : il ne sera pas tarifé.",
        "Donnez la lettre-clé, ou l’acte auquel il est assimilé.",
    ),
    "CoefficientOfAFlatAct": (
        "Un acte payé à la seule valeur de sa lettre, ou au forfait, a un coefficient.",
        "Choisissez le mode « lettre-clé et coefficient », ou retirez le coefficient.",
    ),
    "AssimilatedActHasOwnCotation": (
        "Un acte tarifé par un autre a son propre coefficient : deux prix pour un acte.",
        "Gardez l’assimilation ou le coefficient.",
    ),
    "AssimilatedActUnknown": (
        "L’acte auquel celui-ci est assimilé n’est pas en vigueur.",
        "Apportez cet acte dans le même brouillon, ou corrigez son code.",
    ),
    "AssimilationTurnsRound": (
        "Les assimilations de cet acte reviennent à lui : rien ne le tarife.",
        "Donnez à l’un de ces actes une cotation propre.",
    ),
    "ActivityOutOfRange": (
        "Une activité de la CCAM va de 1 à 5.",
        "Corrigez la liste ; ses éléments sont séparés par « / ».",
    ),
    "PhaseOutOfRange": (
        "Une phase de la CCAM va de 0 à 3.",
        "Corrigez la liste ; ses éléments sont séparés par « / ».",
    ),
    "HeadingUnknown": (
        "Le titre n’est pas dans l’arbre de la CCAM : le chemin vers le haut s’arrête là.",
        "Ajoutez le titre à l’arbre, ou corrigez son code.",
    ),
    "TreeTurnsRound": (
        "Les titres au-dessus de celui-ci reviennent à lui.",
        "Corrigez le titre supérieur de l’un d’eux.",
    ),
    "MappingCodeDiffers": (
        "Le code de la correspondance ne nomme pas l’acte, le code CCAM, l’activité et la phase de sa fiche.",
        "Écrivez le code NGAP>CCAM-activité-phase, ou NGAP>AUCUN, de la même fiche.",
    ),
    "TargetIncomplete": (
        "Une correspondance vise un code CCAM avec son activité et sa phase.",
        "Donnez les trois, ou choisissez « sans correspondance » et dites pourquoi.",
    ),
    "NoMapNamesATarget": (
        "La fiche dit « sans correspondance », et nomme pourtant un acte CCAM.",
        "Videz le code CCAM, l’activité et la phase, ou choisissez une autre relation.",
    ),
    "NoMapWithoutReason": (
        "Une fiche « sans correspondance » donne son motif.",
        "Écrivez le motif.",
    ),
    "ValidationWithoutDecision": (
        "Une correspondance validée par les experts dit qui a décidé, quand, et où on peut le lire.",
        "Donnez qui, quand et la preuve, ou laissez la correspondance à une étape antérieure.",
    ),
    "StageWentBack": (
        "La correspondance revient à une étape antérieure de sa validation.",
        "Vérifiez la décision ; une nouvelle correspondance est d’ordinaire une nouvelle période du même code.",
    ),
    "MappedActIsNotInForce": (
        "Un acte de cette correspondance n’est pas en vigueur : elle n’est pas valable.",
        "Apportez d’abord l’acte, ou passez la correspondance à « remplacée ».",
    ),
    "TwoEquivalentsForOneTarget": (
        "Deux actes NGAP sont dits équivalents à un même acte, activité et phase de la CCAM : son prix serait deviné.",
        "Gardez celui qui est équivalent ; l’autre est plus étroit, plus large ou apparenté.",
    ),
}

OF_TERMS: Mapping[str, tuple[str, str]] = {
    "RelatedTermUnknown": (
        "Un terme voisin n’est pas au glossaire.",
        "Ajoutez ce terme, ou corrigez son code.",
    ),
    "TermDefinedTwice": (
        "Deux fiches définissent le même terme.",
        "Gardez l’une des deux, et dites l’autre sens dans sa définition.",
    ),
}

OF_DEVICES: Mapping[str, tuple[str, str]] = {
    "ForfaitMissing": (
        "Le dispositif n’a pas de forfait : il ne sera pas tarifé.",
        "Prenez-le dans l’arrêté ; laissez vide là où aucun texte n’en donne.",
    ),
    "ForfaitIsZero": (
        "Un forfait de 0 ne paierait rien pour le dispositif.",
        "Laissez vide là où il n’y a pas de forfait.",
    ),
    "ForfaitJump": (
        "Le forfait a baissé de plus de moitié, ou plus que doublé.",
        "Comparez le montant à l’arrêté.",
    ),
    "AgesInverted": (
        "L’âge minimum dépasse l’âge maximum : personne ne pourrait recevoir le dispositif.",
        "Corrigez l’un des deux.",
    ),
    "ReplacementUnknown": (
        "Le dispositif dit remplaçant n’est pas en vigueur.",
        "Apportez-le dans le même brouillon, ou corrigez son code.",
    ),
    "ReplacementTurnsRound": (
        "Les remplaçants de ce dispositif reviennent à lui.",
        "Corrigez le remplaçant de l’un d’eux.",
    ),
}
