"""Proposals: listed, shown and signed; and the pages on which one is made."""

from tracker.proposals.routes import proposing, signing
from tracker.proposals.routes.blueprint import pages

__all__ = ["pages", "proposing", "signing"]
