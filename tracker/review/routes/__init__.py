"""The pages of those who decide on what others asked for."""

from tracker.review.routes import (
    advice,
    authorisations,
    authorised,
    bearing,
    duty,
    holds,
    looks,
    queue,
    recorded,
    referrals,
    sealing,
    telephone,
)
from tracker.review.routes.blueprint import pages

__all__ = [
    "advice",
    "authorisations",
    "authorised",
    "bearing",
    "duty",
    "holds",
    "looks",
    "pages",
    "queue",
    "recorded",
    "referrals",
    "sealing",
    "telephone",
]
