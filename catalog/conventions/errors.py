"""What the conventions family refuses to answer."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.errors import ConflictError
from catalog.temporal import Moment


class AmbiguousTariffError(ConflictError):
    """Several values would fit one question; ``codes`` names them. An editor must close all but one."""

    def __init__(self, what: str, moment: Moment, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(
            f"{what} has several values on {moment.as_of} as known at release {moment.release}, and none is guessed: "
            f"{', '.join(self.codes)}."
        )


class VariantNeededError(AmbiguousTariffError):
    """A letter whose value depends on its variant was asked without one."""

    def __init__(self, what: str, moment: Moment, codes: Sequence[str]) -> None:
        super().__init__(what, moment, codes)
        self.args = (f"{self.args[0]} Say which variant is meant: soins or prothese.",)
