"""The pages of those who decide on what others asked for."""

from tracker.review.routes import (
    advice,
    asking_to_seal,
    authorisations,
    authorised,
    bearing,
    duty,
    holds,
    looks,
    queue,
    readers,
    recorded,
    referrals,
    sealing,
    telephone,
)
from tracker.review.routes.blueprint import pages

__all__ = [
    "advice",
    "asking_to_seal",
    "authorisations",
    "authorised",
    "bearing",
    "duty",
    "holds",
    "looks",
    "pages",
    "queue",
    "readers",
    "recorded",
    "referrals",
    "sealing",
    "telephone",
]
