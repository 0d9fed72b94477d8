"""What is answered about a device at a moment. Everything comes from a snapshot; amounts are centimes."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.dispositifs.codes import parse_device
from catalog.errors import NotInForceError, UnknownCodeError
from catalog.kinds import Payload
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment, merge_touching

KIND = "dispositif"


@dataclass(frozen=True, slots=True)
class Dispositif:
    """A device in force, and the one in force that has taken its place, where it names one."""

    version: Version
    remplacant: Version | None

    @property
    def forfait(self) -> int | None:
        """In centimes; None where no text gives one: the device then has no price."""
        forfait: int | None = self.version.payload["forfait"]
        return forfait

    @property
    def accord_prealable(self) -> bool:
        return bool(self.version.payload["accord_prealable"])


def dispositif(snapshot: Snapshot, code: str, moment: Moment) -> Dispositif | None:
    """The device in force, or None. ``code`` is canonical."""
    version = snapshot.find(KIND, code, moment)
    return None if version is None else Dispositif(version, _replacement(snapshot, version, moment))


def find_dispositif(snapshot: Snapshot, code: str, moment: Moment) -> Dispositif:
    """As ``dispositif``, of any spelling. Raises CodeError, UnknownCodeError, or NotInForceError with its periods."""
    asked = parse_device(code)
    found = dispositif(snapshot, asked, moment)
    if found is not None:
        return found
    label = snapshot.kinds.find(KIND).label
    if not snapshot.is_known(KIND, asked, moment.release):
        raise UnknownCodeError(label, asked)
    known = snapshot.versions(KIND, asked, moment.release)
    raise NotInForceError(label, asked, moment.as_of, [str(p) for p in merge_touching(v.period for v in known)])


def base(payload: Payload, purchase_price: int | None) -> int | None:
    """What is reimbursed of a device, in centimes: the smaller of purchase price and forfait; None without a forfait.

    Without a purchase price it is the forfait. Source: CNOPS (DOMAIN 4), at 100 % of that base.
    """
    forfait: int | None = payload["forfait"]
    if forfait is None or purchase_price is None:
        return forfait
    return min(purchase_price, forfait)


def _replacement(snapshot: Snapshot, version: Version, moment: Moment) -> Version | None:
    """The last device in force on the way of ``remplace_par``."""
    found, seen, last = version, {version.code}, None
    while (code := found.payload["remplace_par"]) is not None and code not in seen:
        seen.add(code)
        following = snapshot.find(KIND, code, moment)
        if following is None:
            break
        found = last = following
    return last
