"""The register of the council's own profiles: read by everybody, kept by administrators."""

from tracker.corporate_accounts.routes import managing
from tracker.corporate_accounts.routes.register import pages

__all__ = ["managing", "pages"]
