"""Every table of the tracker, gathered from the rooms: what migrations and tests hold the database against."""

import tracker.audit.models
import tracker.authorities.models
import tracker.clockwork.models
import tracker.consent.models
import tracker.corporate_accounts.models
import tracker.corrections.models
import tracker.decisions.models
import tracker.detection.models
import tracker.drafts.models
import tracker.imports.models
import tracker.messages.models
import tracker.people.models
import tracker.referrals.models
import tracker.rulebook.models
import tracker.site.models
import tracker.staff.models
import tracker.storage.submissions
import tracker.tasks.models
import tracker.viewings.models  # noqa: F401
from tracker.storage.tables import Table

METADATA = Table.metadata
