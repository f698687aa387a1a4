"""Which web request is being answered, for rooms that know no web framework: the trail says it of every entry."""

from contextvars import ContextVar

request_answered: ContextVar[str | None] = ContextVar("request_answered", default=None)
"""The id of the web request that is being answered here, or None in commands and jobs. Set and taken away by `web.security`."""
