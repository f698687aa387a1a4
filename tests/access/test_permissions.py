"""Every permission and every role, written by hand from policy.md: whoever changes the table must change it here too."""

import pytest

from tracker.access.permissions import NotAllowedError, Permission, has_permission, require
from tracker.policy.entitlement import Actor, Holding, Role

W, M, DW, DM = Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.DUTY_WORKER, Role.DUTY_MANAGER
L, AO, SRO, AUD, ADM = (
    Role.LEGAL_REVIEWER,
    Role.AUTHORISING_OFFICER,
    Role.SENIOR_RESPONSIBLE_OFFICER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)

ALLOWED: dict[str, set[Role]] = {
    "find a person": {W, M, DW, DM, L, SRO, AUD},
    "open a person's record": {W, M, DW, DM, L, SRO, AUD},
    "open a person's record on duty, with a reason": {DW, DM},
    "read what was opened on duty": {W, M, DW, DM, SRO, AUD},
    "add a person": {W, M, DW, DM},
    "change a person's details": {W, M, DW, DM},
    "link two records as one person": {W, M, DW, DM},
    "undo a link between two records": {M, DM},
    "restrict a person's record": {M, DM},
    "say who reads a restricted record": {L},
    "seal a record, and keep what it is the same as": {L},
    "ask Legal to seal a record": {M, DM},
    "record consent": {W, M, DW, DM},
    "record a notice": {W, M, DW, DM},
    "settle a disagreement about consent": {L},
    "record something that was brought or come across": {W, M, DW, DM},
    "ask for a check": {W, M, DW, DM},
    "open a check": {W, M, DW, DM, L, SRO, AUD},
    "open an authority": {W, M, DW, DM, L, AO, SRO, AUD},  # AO: authorisations; an order where they know somebody named
    "report what was seen": {W, M, DW, DM},
    "record that somebody was told of a look": {W, M, DW, DM},
    "decide on a check as a manager": {M, DM},
    "record a manager's approval by telephone": {W, M, DW, DM},
    "say whether one approved a look by telephone": {W, M, DW, DM, L, AO, SRO, AUD, ADM},
    "ask a question about a check": {M, DM, L},
    "report a court's order, sealed copy to follow": {W, M, DW, DM},
    "record a court's order": {L},
    "record legal advice": {L},
    "prepare an application for an authorisation": {L},
    "open an application for an authorisation": {L, AO, SRO, AUD},
    "see what waits about authorisations": {L, AO, SRO, AUD},
    "record the decision of a justice of the peace": {L},
    "grant or cancel an authorisation": {AO},
    "ask that a record be struck through": {W, M, DW, DM, L, AO},
    "open a correction": {W, M, DW, DM, L, AO, SRO, AUD},
    "confirm that a record was in error": {M, DM, L},
    "open a referral": {L, SRO, AUD},
    "take and answer a referral": {L},
    "place or release a hold": {L},
    "finish a task that waits": {W, M, DW, DM, L, AO, SRO},
    "set from when views count": {L},
    "read the audit trail": {SRO, AUD},
    "erase words from the audit trail": {SRO},
    "propose limits": {L, ADM},
    "sign limits": {L, SRO},
    "sign limits as a legal reviewer": {L},
    "sign limits as the Senior Responsible Officer": {SRO},
    "write the council's name and pages": {ADM},
    "manage staff, teams and rota": {ADM},
    "confirm a role": {M, DM, L, AO, SRO, AUD},
    "name who stands in for somebody else": {M, DM, L, AO, SRO, AUD, ADM},
    "import from a file": {M, ADM},
    "import people from a file": {M},
    "manage corporate profiles": {ADM},
    "read the policy": {W, M, DW, DM, L, AO, SRO, AUD, ADM},
    "change one's own settings": {W, M, DW, DM, L, AO, SRO, AUD, ADM},
}


def actor_with(*roles: Role) -> Actor:
    return Actor(1, "STF-0000-0000", "Wanda Zzworker", tuple(Holding(role, 7) for role in roles))


def test_the_table_written_by_hand_names_every_permission() -> None:
    assert set(ALLOWED) == {permission.value for permission in Permission}


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_each_role_has_the_permissions_of_the_table_and_no_other(permission: Permission, role: Role) -> None:
    assert has_permission(actor_with(role), permission) is (role in ALLOWED[permission.value])


@pytest.mark.parametrize("permission", Permission)
def test_somebody_without_a_role_has_their_own_settings_and_answers_for_a_call_and_nothing_else(
    permission: Permission,
) -> None:
    without_role = {Permission.OWN_SETTINGS, Permission.ANSWER_TELEPHONE_APPROVAL}
    assert has_permission(actor_with(), permission) is (permission in without_role)


def test_several_roles_have_what_each_of_them_has() -> None:
    both = actor_with(Role.SOCIAL_WORKER, Role.LEGAL_REVIEWER)
    assert has_permission(both, Permission.ASK_FOR_CHECK)
    assert has_permission(both, Permission.PLACE_HOLD)
    assert not has_permission(both, Permission.DECIDE_CHECK)


def test_a_permission_alone_does_not_reach_a_record_that_it_is_not_entitled_to() -> None:
    with pytest.raises(NotAllowedError) as refused:
        require(actor_with(Role.TEAM_MANAGER), Permission.DECIDE_CHECK, allowed=False, about="CHK-0000-0000")
    assert (refused.value.permission, refused.value.about) == (Permission.DECIDE_CHECK, "CHK-0000-0000")


def test_an_entitlement_alone_does_not_make_up_for_a_permission() -> None:
    with pytest.raises(NotAllowedError):
        require(actor_with(Role.SOCIAL_WORKER), Permission.DECIDE_CHECK, allowed=True)


def test_a_refusal_carries_no_name() -> None:
    with pytest.raises(NotAllowedError) as refused:
        require(actor_with(), Permission.FIND_PERSON)
    assert "Zz" not in str(refused.value)
