"""What the trail is filtered by."""

from enum import StrEnum

from tracker.audit.events import Event
from tracker.storage.references import reference_in
from tracker.web.fields import ChoiceField, DateField, LineField, OfferedChoiceField
from tracker.web.fields.base import Refusal
from tracker.web.forms import Form


class Kind(StrEnum):
    """Groups of events, as the list of events has them."""

    SIGNING_IN = "signing-in"
    STAFF = "staff"
    REFUSED = "refused"
    COUNCIL = "council"
    TRAIL = "trail"
    PEOPLE = "people"
    OPENED = "opened"
    AGREEMENT = "agreement"
    AUTHORITIES = "authorities"
    CHECKS = "checks"
    LEGAL = "legal"


KIND_WORDS = {
    Kind.CHECKS: "Checks and looks",
    Kind.LEGAL: "Referrals and holds",
    Kind.AGREEMENT: "Consent and notice",
    Kind.AUTHORITIES: "Advice, authorisations and orders",
    Kind.PEOPLE: "Records of people",
    Kind.OPENED: "Records opened and searches",
    Kind.REFUSED: "Refusals",
    Kind.SIGNING_IN: "Signing in",
    Kind.STAFF: "Staff, roles and teams",
    Kind.COUNCIL: "Limits, lawful bases and corporate profiles",
    Kind.TRAIL: "The trail itself",
}
"""In the order in which they are offered."""

_SIGNING_IN = frozenset(
    {
        Event.SIGNED_IN,
        Event.SIGN_IN_FAILED,
        Event.ACCOUNT_LOCKED,
        Event.SIGNED_OUT,
        Event.PASSWORD_CHANGED,
        Event.ONE_TIME_PASSWORD_GIVEN,
        Event.LOCK_ENDED,
        Event.SESSIONS_ENDED,
    }
)
_ROOMS = {
    "access": Kind.REFUSED,
    "accounts": Kind.COUNCIL,
    "authority": Kind.AUTHORITIES,
    "check": Kind.CHECKS,
    "consent": Kind.AGREEMENT,
    "hold": Kind.LEGAL,
    "limits": Kind.COUNCIL,
    "look": Kind.CHECKS,
    "notice": Kind.AGREEMENT,
    "people": Kind.PEOPLE,
    "referral": Kind.LEGAL,
    "staff": Kind.STAFF,
    "trail": Kind.TRAIL,
}


def kind_of(event: Event) -> Kind:
    """The group that an event is in."""
    room, _, what = event.value.partition(":")
    if event in _SIGNING_IN:
        return Kind.SIGNING_IN
    if room != "trail" and (what.startswith("opened") or what == "searched"):
        return Kind.OPENED
    return _ROOMS.get(room, Kind.CHECKS)


def events_of(kind: Kind) -> tuple[Event, ...]:
    """The events of a group."""
    return tuple(event for event in Event if kind_of(event) is kind)


class ReferenceField(LineField):
    """A reference, in whatever way it is typed; its answer has the one form."""

    def read(self) -> str:
        """The reference. Raises `Refusal` for what is none."""
        typed = super().read()
        found = reference_in(typed) if typed else ""
        if found is None:
            raise Refusal("Enter a reference, like PER-4QZK-77RD or CHK-7K3M-9QXT")
        return found


class TrailForm(Form):
    """Which entries are shown; nothing asked for shows them all. The route offers everybody who did anything."""

    about = ReferenceField(
        "Person or record", hint="A reference of a person, a check or anything else, like PER-4QZK-77RD.", most=30
    )
    by = OfferedChoiceField("Done by", listed=True)
    day = DateField("On which day?", hint="For example, 3 11 2026.", subject="The day")
    kind = ChoiceField("What kind?", KIND_WORDS, KIND_WORDS, listed=True)


class VerifyForm(Form):
    """A button that has the whole chain read: nothing to fill in."""
