"""One case as the second reading sees it: parsed JSON, the days of London, and scope lists."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

Record = Mapping[str, Any]
Records = Sequence[Record]

LISTS = (
    "views",
    "consents",
    "notices",
    "advice",
    "ripa_authorisations",
    "non_ripa_authorisations",
    "court_orders",
    "holds",
)
DATES = ("until", "next_review_on", "takes_effect_on", "from")
SHIPPED_LIMITS: Mapping[str, Any] = {
    "notice_view_limit": 3,
    "presence_search_limit": 3,
    "presence_search_days": 28,
    "presence_search_total": 6,
    "presence_search_platforms": 5,
    "emergency_window_days": 7,
    "single_viewing_platforms": 3,
    "unsealed_order_hours": 72,
    "child_first_look_needs_approval": True,
    "non_ripa": False,
}


@dataclass(frozen=True)
class Case:
    """Facts and limits. Records dated after `now` are left out when a case is made with `case_from`."""

    now: datetime
    request: Record
    views: Records = ()
    consents: Records = ()
    notices: Records = ()
    advice: Records = ()
    ripa_authorisations: Records = ()
    non_ripa_authorisations: Records = ()
    court_orders: Records = ()
    holds: Records = ()
    counted_from: datetime | None = None
    manager_approval: str | None = None
    limits: Mapping[str, Any] = field(default_factory=lambda: SHIPPED_LIMITS)

    @property
    def today(self) -> date:
        """The day it is in London."""
        return london_day(self.now)

    @property
    def visibility(self) -> str:
        """`unknown` is read as `open` for find-then-view; everything else as it is."""
        found_out_by_looking = self.request["aim"] == "find_then_view" and self.request["visibility"] == "unknown"
        return "open" if found_out_by_looking else str(self.request["visibility"])

    def has_happened(self, instant: datetime | None) -> bool:
        """An instant that is set and not in the future; exactly now has happened."""
        return instant is not None and instant <= self.now

    def in_date(self, record: Record) -> bool:
        """Its last day, which counts whole, has not passed in London; no last day never passes."""
        return record["until"] is None or self.today <= record["until"]

    def covers_platforms(self, record: Record) -> bool:
        """Every platform asked for is in the record's list, or it has none."""
        return record["platforms"] is None or set(self.request["platforms"]) <= set(record["platforms"])

    def has_purpose(self, record: Record) -> bool:
        """The purpose asked for is in the record's list, or it has none."""
        return record["purposes"] is None or self.request["purpose"] in record["purposes"]

    def covers(self, record: Record) -> bool:
        """Every platform asked for, and the purpose."""
        return self.covers_platforms(record) and self.has_purpose(record)

    def touches(self, record: Record) -> bool:
        """At least one platform asked for, and the purpose."""
        some = record["platforms"] is None or bool(set(self.request["platforms"]) & set(record["platforms"]))
        return some and self.has_purpose(record)

    def names(self, record: Record) -> bool:
        """The record names the person asked about."""
        return self.request["person"] in record["persons"]


def case_from(facts: Record, limits: Mapping[str, Any] | None = None) -> Case:
    """A case from JSON facts, without what does not exist yet."""
    now = instant(facts["now"])
    records = {name: existing(now, parsed_records(facts[name])) for name in LISTS}
    counted_from = facts["counted_from"]
    return Case(
        now=now,
        request=facts["request"],
        counted_from=None if counted_from is None else instant(counted_from),
        manager_approval=facts["manager_approval"],
        limits={**SHIPPED_LIMITS, **(limits or {})},
        **records,
    )


def existing(now: datetime, records: Records) -> Records:
    """The records that exist by now: by when they happened, were granted, or (an order) were reported."""
    return [record for record in records if _exists(now, record)]


def _exists(now: datetime, record: Record) -> bool:
    if "reported_at" in record:
        return record["reported_at"] is None or record["reported_at"] <= now
    return bool(record["at" if "at" in record else "granted_at"] <= now)


def parsed_records(records: Records) -> Records:
    """The same records with their instants and dates as values."""
    return [{name: _value(name, value) for name, value in record.items()} for record in records]


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in DATES:
        return date.fromisoformat(value)
    return instant(value) if name == "at" or name.endswith("_at") else value


def instant(text: str) -> datetime:
    """An instant in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def london_day(moment: datetime) -> date:
    """Summer time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October."""
    summer = _changes_over(moment.year, 3) <= moment < _changes_over(moment.year, 10)
    return (moment + timedelta(hours=1) if summer else moment).date()


def _changes_over(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=last.isoweekday() % 7)


def last_day_of_period(first: date) -> date:
    """Three months on: the day before the corresponding day, or the last day of a month that has no such day."""
    year, month = (first.year, first.month + 3) if first.month < 10 else (first.year + 1, first.month - 9)
    days = calendar.monthrange(year, month)[1]
    return date(year, month, days) if first.day > days else date(year, month, first.day) - timedelta(days=1)
