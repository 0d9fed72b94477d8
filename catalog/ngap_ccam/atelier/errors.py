"""What the workshop refuses."""

from __future__ import annotations

from catalog.errors import ConflictError, NotFoundError


class UnknownProposalError(NotFoundError):
    def __init__(self, asked: object) -> None:
        super().__init__(f"There is no proposal {asked}.")


class ProposalExistsError(ConflictError):
    def __init__(self, code: str, proposal: int) -> None:
        self.proposal = proposal
        super().__init__(f"The mapping {code} is already proposed (proposal {proposal}): comment on it instead.")


class ProposalClosedError(ConflictError):
    def __init__(self, proposal: int, status: str) -> None:
        super().__init__(f"Proposal {proposal} is {status}: nothing more is decided on it.")


class NotValidatedError(ConflictError):
    def __init__(self, proposal: int) -> None:
        super().__init__(f"Proposal {proposal} goes into a draft once two experts have validated it.")


class ExpertError(ConflictError):
    """DOMAIN 2.3: the mapping is validated by experts; here by two, and neither may be its proposer."""

    def __init__(self, who: str, why: str) -> None:
        super().__init__(f"{who} cannot validate this proposal: {why}. Another expert must.")


class OwnerError(ConflictError):
    def __init__(self, who: str, proposer: str) -> None:
        super().__init__(f"{who} cannot withdraw this proposal: only {proposer}, who made it, can.")


class ActOutOfForceError(ConflictError):
    """DOMAIN 2.3: a mapping is invalid if either side is retired."""

    def __init__(self, label: str, code: str) -> None:
        super().__init__(f"The {label} {code} is not in force: it takes no mapping.")


class ActIsMappedError(ConflictError):
    def __init__(self, code: str, other: str) -> None:
        super().__init__(f"The act {code} cannot be without correspondence: the mapping {other} is in force.")


class SameMappingError(ConflictError):
    def __init__(self, code: str) -> None:
        super().__init__(f"The mapping {code} is already in force with these very values.")
