"""Who may ask what of the console, written down apart from the code: a change of either must be a change of both."""

from __future__ import annotations

from admin.room import PUBLIC, SIGNED_IN

ROLES = {
    "read": ("lecteur", "redacteur", "valideur", "editeur"),
    "write": ("redacteur",),
    "decide": ("valideur",),
    "discuss": ("redacteur", "valideur"),
    "publish": ("editeur",),
    "journal": ("redacteur", "valideur", "editeur"),
    "administer": (),
}
"""The roles of each permission, beside administrateur, who has all."""

_BY_PERMISSION = {
    PUBLIC: "signing.sign_in signing.second_step signing.sign_out signing.welcome oidc.back oidc.depart",
    SIGNED_IN: """compte.index compte.password compte.second_factor compte.drop_second_factor compte.recovery_codes
        compte.sessions""",
    "read": """admin.index brouillons.index brouillons.show brouillons.consequences commission.index commission.show
        commission.meeting commission.meetings correspondances.acts correspondances.coverage correspondances.index
        correspondances.show fiches.export fiches.index fiches.list_ fiches.show imports.formats imports.index
        imports.row imports.show imports.state imports.template revue.findings revue.index revue.show revue.stale
        versions.compare versions.difference versions.index versions.prove versions.show""",
    "write": """brouillons.add brouillons.cell brouillons.choose brouillons.correct brouillons.edit brouillons.ground
        brouillons.leave brouillons.new brouillons.propose brouillons.reopen brouillons.restore brouillons.to_add
        brouillons.withdraw commission.amend commission.concern commission.costs commission.leave_out commission.link
        commission.minute commission.move commission.opinion commission.opinion_new commission.opinion_remove
        commission.plan commission.receive commission.stage commission.unlink correspondances.deposit
        correspondances.deposit_all correspondances.propose correspondances.withdraw imports.correct imports.discard
        imports.judge imports.new imports.receive imports.settle imports.stage imports.withdraw revue.ground
        revue.justify revue.rebase revue.reopen revue.submit""",
    "decide": "correspondances.refuse correspondances.validate revue.accept revue.approve revue.reject",
    "discuss": "correspondances.comment revue.take_back",
    "publish": "revue.confirm revue.plan revue.publish revue.unplan",
    "journal": "journal.export journal.index journal.prove journal.show",
    "administer": """cles.index cles.issue cles.revoke comptes.act comptes.add comptes.index comptes.link
        comptes.roles""",
}
ALLOWED = {endpoint: permission for permission, endpoints in _BY_PERMISSION.items() for endpoint in endpoints.split()}
"""The permission each endpoint asks for."""
