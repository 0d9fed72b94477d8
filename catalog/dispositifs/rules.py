"""The rules of the devices family (DOMAIN 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalog.kinds import Payload
from catalog.money import format_dirhams
from catalog.validation import Candidate, Rule, Severity, Standing, Violation

KIND = "dispositif"


class DeviceRule(Rule):
    """A rule on single devices."""

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        for candidate in _devices(candidates):
            yield from self.judge(candidate)

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        raise NotImplementedError


class ForfaitMissing(DeviceRule):
    """The device has no forfait: it will not be priced."""

    remedy = "Fill it in from the arrêté; leave it empty where no text gives one."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        if candidate.payload["forfait"] is None:
            yield self.broken_by(candidate, field="forfait")


class ForfaitIsZero(DeviceRule):
    """A forfait of 0 would pay nothing for the device."""

    severity = Severity.ERROR
    remedy = "Leave the cell empty where there is no forfait."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        if candidate.payload["forfait"] == 0:
            yield self.broken_by(candidate, field="forfait", value="0.00")


class AgesInverted(DeviceRule):
    """The minimum age is above the maximum age: nobody could be given the device."""

    severity = Severity.ERROR
    remedy = "Correct one of the two."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        low, high = candidate.payload["age_min"], candidate.payload["age_max"]
        if low is not None and high is not None and low > high:
            yield self.broken_by(candidate, field="age_min", value=low, detail=f"({low} > {high})")


class ReplacementUnknown(Rule):
    """The device that is said to take its place is not in force."""

    remedy = "Bring it in the same draft, or correct its code."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        replaced = [found for found in _devices(candidates) if found.payload["remplace_par"]]
        known = _in_force(candidates, standing) if replaced else {}
        for candidate in replaced:
            code = candidate.payload["remplace_par"]
            if code not in known:
                yield self.broken_by(candidate, field="remplace_par", value=code, detail=f"({code})")


class ReplacementTurnsRound(Rule):
    """The devices that take its place lead back to it."""

    severity = Severity.ERROR
    remedy = "Correct remplace_par of one of them."

    def check(self, candidates: Sequence[Candidate], standing: Standing) -> Iterator[Violation]:
        replaced = [found for found in _devices(candidates) if found.payload["remplace_par"]]
        following = {c: p["remplace_par"] for c, p in _in_force(candidates, standing).items()} if replaced else {}
        for candidate in replaced:
            way = [candidate.code]
            while (code := following.get(way[-1])) is not None and code not in way:
                way.append(code)
            if code == candidate.code:
                told = f"({' -> '.join([*way, code])})"
                yield self.broken_by(candidate, field="remplace_par", value=following[candidate.code], detail=told)


class ForfaitJump(DeviceRule):
    """The forfait has fallen by more than half, or more than doubled."""

    # Arrêté 3207-15 lowered the double-leaflet valve by 43 %, the largest fall known.
    remedy = "Compare the amount with the arrêté."

    def judge(self, candidate: Candidate) -> Iterator[Violation]:
        before = candidate.previous["forfait"] if candidate.previous else None
        after = candidate.payload["forfait"]
        if before and after and not before <= 2 * after <= 4 * before:
            yield self.broken_by(
                candidate, field="forfait", value=format_dirhams(after), detail=f"It was {format_dirhams(before)}."
            )


def _devices(candidates: Sequence[Candidate]) -> list[Candidate]:
    return [candidate for candidate in candidates if candidate.kind == KIND]


def _in_force(candidates: Sequence[Candidate], standing: Standing) -> dict[str, Payload]:
    return {**dict(standing(KIND)), **{found.code: found.payload for found in _devices(candidates)}}


DISPOSITIF_RULES: tuple[Rule, ...] = (
    ForfaitIsZero(),
    ForfaitMissing(),
    ForfaitJump(),
    AgesInverted(),
    ReplacementUnknown(),
    ReplacementTurnsRound(),
)
