"""What every page and form is made of: fields, dates in words, paging, headers, the log line of a request."""

from tracker.web.register import MenuItem, Surroundings, register_web, surround_pages
from tracker.web.security import protect_forms

__all__ = ["MenuItem", "Surroundings", "protect_forms", "register_web", "surround_pages"]
