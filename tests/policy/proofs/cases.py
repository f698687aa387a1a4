"""Cases drawn from the pools, and how a drawn case is written out as JSON facts.

A case is drawn as a *sketch* of plain choices ("an hour ago", "until today", "part of the platforms"): a ground, which
is a case where one footing stands, with changes to its request and rows added to its records.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from . import pools
from .second_reading.case import london_day

Facts = pools.Facts
Sketch = Mapping[str, Any]
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Setting:
    """What the records of one sketch are written relative to. Instants in UTC, `today` in London."""

    now: datetime
    today: date
    platforms: list[str]
    purpose: str
    account: str

    def moment(self, ago: timedelta | None) -> str | None:
        """An instant that long ago, as JSON."""
        return None if ago is None else (self.now - ago).isoformat()

    def day(self, ahead: int | None) -> str | None:
        """A day that far ahead, as JSON."""
        return None if ahead is None else (self.today + timedelta(days=ahead)).isoformat()

    def scope(self, choice: str) -> list[str] | None:
        """A list of platforms that stands to those asked for as the choice says."""
        others = [platform for platform in pools.PLATFORMS if platform not in self.platforms]
        return {
            "any": None,
            "exactly": self.platforms,
            "wider": [others[0], *self.platforms],
            "part": self.platforms[:1],
            "part_and_more": [*others[:2], *self.platforms[-1:]],
            "none": others[-1:],
        }[choice]

    def aimed(self, choice: str) -> list[str] | None:
        """A list of purposes that stands to the one asked for as the choice says."""
        others = [purpose for purpose in pools.PURPOSES if purpose != self.purpose]
        return {"any": None, "only": [self.purpose], "among": [others[0], self.purpose], "without": others[:2]}[choice]

    def accounts(self, choice: str | None) -> list[str] | None:
        """A list of accounts that stands to the one used as the choice says."""
        others = [account for account in pools.ACCOUNTS if account != self.account]
        return {None: None, "same": [self.account], "others": others[:2], "among": [others[-1], self.account]}[choice]


def facts_from(sketch: Sketch) -> Facts:
    """The JSON facts of a sketch: its ground, with the changes to the request and the rows added to it."""
    ground = sketch["ground"]
    request = {**pools.PLAIN_REQUEST, **ground.get("request", {}), **dict(sketch["changes"])}
    request["platforms"] = pools.PLATFORMS[: sketch["platforms"]]
    now = sketch["now"]
    setting = Setting(now, london_day(now), request["platforms"], request["purpose"], request["account"])
    facts = {
        kind: [WRITE[kind](setting, row) for row in [*ground.get(kind, ()), *sketch["rows"].get(kind, ())]]
        for kind in pools.ROWS
    }
    return {
        "now": setting.moment(timedelta(0)),
        "request": request,
        **facts,
        "counted_from": setting.moment(sketch["counted_from"]),
        "manager_approval": sketch["manager_approval"],
    }


def limits_from(sketch: Sketch) -> dict[str, Any]:
    """The limits of a sketch that differ from those shipped."""
    return {**sketch["ground"].get("limits", {}), **sketch["limits"]}


def _view(setting: Setting, row: Row) -> Facts:
    ago, footing, reviewed, scope = row
    platforms = setting.scope(scope) or setting.platforms
    at = setting.moment(ago)
    return {"at": at, "platforms": platforms, "by": "W2", "team": "T1", "footing": footing, "reviewed": reviewed}


def _consent(setting: Setting, row: Row) -> Facts:
    ago, status, (giver, competence), until, scope, aimed = row
    return {
        "status": status,
        "at": setting.moment(ago),
        "until": setting.day(until if status == "given" else None),
        "platforms": setting.scope(scope),
        "purposes": setting.aimed(aimed),
        "given_by": giver,
        "competence": competence,
    }


def _notice(setting: Setting, row: Row) -> Facts:
    ago, kind, until, objected, scope, aimed = row
    return {
        "kind": kind,
        "at": setting.moment(ago),
        "until": setting.day(until),
        "platforms": setting.scope(scope),
        "purposes": setting.aimed(aimed),
        "objected": objected,
    }


def _advice(setting: Setting, row: Row) -> Facts:
    ago, conclusion, until, max_views, covers_confidential, scope, aimed = row
    return {
        "conclusion": conclusion,
        "at": setting.moment(ago),
        "until": setting.day(until if conclusion == "not_directed_surveillance" else None),
        "platforms": setting.scope(scope),
        "purposes": setting.aimed(aimed),
        "max_views": max_views,
        "covers_confidential": covers_confidential,
    }


def _ripa(setting: Setting, row: Row) -> Facts:
    granted, approved, takes_effect, cancelled, review, persons, scope, accounts = row
    return {
        "urn": "ZZ-RIPA-1",
        "granted_at": setting.moment(granted),
        "approved_at": setting.moment(approved),
        "takes_effect_on": setting.day(takes_effect),
        "cancelled_at": setting.moment(cancelled),
        "next_review_on": setting.day(review),
        "persons": persons,
        "platforms": setting.scope(scope),
        "accounts": setting.accounts(accounts),
    }


def _non_ripa(setting: Setting, row: Row) -> Facts:
    granted, until, cancelled, review, persons, scope, max_views = row
    return {
        "reference": "ZZ-NR-1",
        "granted_at": setting.moment(granted),
        "until": setting.day(until),
        "cancelled_at": setting.moment(cancelled),
        "next_review_on": setting.day(review),
        "persons": persons,
        "platforms": setting.scope(scope),
        "max_views": max_views,
    }


def _order(setting: Setting, row: Row) -> Facts:
    first, until, persons, scope, aimed, allows_contact, terms_clear, reported = row
    return {
        "reference": "ZZ26C00001",
        "from": setting.day(first),
        "until": setting.day(until),
        "persons": persons,
        "platforms": setting.scope(scope),
        "purposes": setting.aimed(aimed),
        "allows_contact": allows_contact,
        "terms_clear": terms_clear,
        "reported_at": setting.moment(reported),
    }


def _hold(setting: Setting, row: Row) -> Facts:
    began, released = row
    return {"pattern": "family_cluster", "at": setting.moment(began), "released_at": setting.moment(released)}


WRITE: dict[str, Callable[[Setting, Row], Facts]] = {
    "views": _view,
    "consents": _consent,
    "notices": _notice,
    "advice": _advice,
    "ripa_authorisations": _ripa,
    "non_ripa_authorisations": _non_ripa,
    "court_orders": _order,
    "holds": _hold,
}


def seeded_sketches(seed: int, count: int) -> Iterator[Sketch]:
    """So many sketches, the same for the same seed on every machine."""
    chance = random.Random(seed)  # noqa: S311 (cases, not secrets)
    for _ in range(count):
        yield drawn_sketch(chance)


def drawn_sketch(chance: random.Random) -> Sketch:
    """Any sketch."""
    most = chance.choice([0, 1, 1, 2, 4])
    return {
        **{name: chance.choice(pool) for name, pool in pools.REST.items()},
        "ground": chance.choice(pools.GROUNDS),
        "changes": [chance.choice(pools.CHANGES) for _ in range(chance.choice([0, 0, 1, 1, 2, 3]))],
        "rows": {
            kind: [drawn_row(chance, kind) for _ in range(chance.randint(0, most))]
            for kind in pools.ROWS
            if chance.random() < 0.4
        },
    }


def drawn_row(chance: random.Random, kind: str) -> Row:
    """Any record of one kind."""
    return tuple(chance.choice(pool) for pool in pools.ROWS[kind])
