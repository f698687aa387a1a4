"""Trying a password: read who it may be, hash outside any transaction, and hand the services what came of it."""

import time
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from typing import cast

from flask import current_app, request

from tracker.staff.digests import attempt_digest
from tracker.staff.passwords import Passwords
from tracker.staff.selectors import find_staff_by_email
from tracker.staff.selectors.signing_in import delay_of_address
from tracker.staff.services import Attempt
from tracker.web.request import now, reading, settings, stop_reading

_IPV6_OF_ONE_HOUSEHOLD = 64  # bits: whoever has one such address has them all


def passwords() -> Passwords:
    """How this application keeps passwords."""
    return cast(Passwords, current_app.extensions["passwords"])


def delay_of_caller() -> timedelta:
    """How long the caller's address has to wait before its next attempt is looked at; zero when it need not."""
    with reading() as session:
        return delay_of_address(session, _digest("address", _address()), now=now())


def try_password(email: str, password: str) -> Attempt:
    """The attempt as the services want it. Takes as long for an account that does not exist."""
    with reading() as session:
        member = find_staff_by_email(session, email)
    stop_reading()
    kept = member.password_hash if member else None
    return Attempt(
        staff_id=member.id if member else None,
        tried_hash=kept,
        right=passwords().matches(kept, password),
        account_digest=_digest("account", email.strip().lower()),
        address_digest=_digest("address", _address()),
    )


def take_time_to_refuse(started: float) -> None:
    """Waits until a refusal has taken `Passwords.refusal_takes` seconds since `started` (`time.perf_counter()`)."""
    time.sleep(max(0.0, passwords().refusal_takes - (time.perf_counter() - started)))


def _digest(kind: str, what: str) -> str:
    return attempt_digest(settings().secret_key.get_secret_value(), kind, what)


def _address() -> str:
    address = request.remote_addr or "unknown"
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and not found.ipv4_mapped:
        return str(int(found) >> (128 - _IPV6_OF_ONE_HOUSEHOLD))
    return str(found)
