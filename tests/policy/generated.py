"""Facts made by chance: any that can be written down (for reading and writing), and likely ones (for the rules)."""

from __future__ import annotations

import random
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from tracker.policy.facts import CheckFacts, FactsError, read_facts
from tracker.policy.reading import MAY_BE_EMPTY
from tracker.policy.vocabulary import Word

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)

SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.integers(min_value=1),
    str: st.text(max_size=5),
    datetime: st.datetimes(min_value=datetime(1900, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  made aware here
    date: st.dates(),
}


def any_of(kind: Any, *, may_be_empty: bool = False) -> st.SearchStrategy[Any]:
    """Any value of a field's type, or of a dataclass; what its own checks refuse is left out."""
    if kind in SIMPLE:
        return SIMPLE[kind]
    if isinstance(kind, type):
        return st.sampled_from(kind) if issubclass(kind, Word) else any_record(kind)
    inner = any_of(get_args(kind)[0])
    if get_origin(kind) is frozenset:
        return st.frozensets(inner, min_size=0 if may_be_empty else 1, max_size=3)
    return st.lists(inner, max_size=2).map(tuple) if get_origin(kind) is tuple else st.none() | inner


def any_record(shape: type) -> st.SearchStrategy[Any]:
    hints = get_type_hints(shape)
    parts = {part.name: any_of(hints[part.name], may_be_empty=part.metadata == MAY_BE_EMPTY) for part in fields(shape)}
    return st.fixed_dictionaries(parts).map(lambda values: built(shape, values))


def built(shape: type, values: dict[str, Any]) -> Any:
    try:
        return shape(**values)
    except FactsError:
        return shape(**{**values, "until": None if values["until"] else date(2027, 1, 1)})


def likely_facts(chance: random.Random) -> CheckFacts:
    """Facts around one moment, most of them of the kind that lets a look go ahead."""

    def mostly(usual: Any, *others: Any) -> Any:
        return usual if chance.random() < 0.7 else chance.choice([usual, *others])

    def at(*, days: int = 40) -> str:
        moment = NOW + timedelta(days=chance.randint(-days, 2), seconds=chance.choice([0, 0, 1]))
        return moment.isoformat()

    def day() -> str:
        return str(mostly("2026-12-15", "2026-11-21", "2026-11-20", "2026-11-22"))

    def some(record: Any) -> list[Any]:
        return [record() for _ in range(chance.choice([0, 1, 1, 2]))]

    def scope() -> dict[str, Any]:
        return {"platforms": mostly(None, ["facebook"], ["x"]), "purposes": mostly(None, ["assessment"], ["other"])}

    def consent() -> dict[str, Any]:
        status = chance.choice(["given", "refused", "withdrawn"])
        given_by = chance.choice(["self", "parental_responsibility", "attorney_or_deputy"])
        competence = mostly("has" if given_by == "self" else "lacks", "has", "lacks", "not_assessed")
        until = day() if status == "given" else None
        who = {"given_by": given_by, "competence": competence}
        return {"status": status, "at": at(), "until": until, **scope(), **who}

    def advice() -> dict[str, Any]:
        favourable = "not_directed_surveillance"
        adverse = ["threshold_met", "threshold_not_met", "court_order_needed", "chis"]
        conclusion = chance.choice([favourable, favourable, *adverse])
        rest = {"max_views": chance.randint(1, 3), "covers_confidential": chance.random() < 0.5}
        return {
            "conclusion": conclusion,
            "at": at(),
            "until": day() if conclusion == favourable else None,
            **scope(),
            **rest,
        }

    def view() -> dict[str, Any]:
        footings = [
            "presence_search",
            "consent",
            "immediate_response",
            "legal_advice",
            "notice",
            "open_source",
            "late_entry",
            "non_ripa_authorisation",
        ]
        seen = {"footing": chance.choice(footings), "reviewed": chance.choice([None, "agreed", "not_agreed"])}
        return {"at": at(), "platforms": ["facebook"], "by": "W1", "team": "T1", **seen}

    def authority() -> dict[str, Any]:
        return {
            "granted_at": at(),
            "cancelled_at": mostly(None, at()),
            "next_review_on": day(),
            "persons": mostly(["P1"], ["P2"]),
            "platforms": mostly(None, ["facebook"], ["x"]),
        }

    request = {
        "person": "P1",
        "relation": mostly("service_user", "no_case"),
        "under_18": chance.choice([True, False, None]),
        "may_lack_capacity": chance.random() < 0.2,
        "purpose": chance.choice(["assessment", "assessment", "prevent_or_detect_crime", "court_directed", "other"]),
        "aim": chance.choice(["find_presence", "find_then_view", "view", "view"]),
        "method": mostly("view_only", "contracted_third_party", "interaction", "closed_group", "tasked_source"),
        "account": mostly("corporate_registered", "personal", "false_persona", "logged_out"),
        "visibility": mostly("open", "partly_visible", "restricted", "unknown"),
        "platforms": mostly(["facebook"], ["facebook", "x"], ["x", "reddit", "gaming", "dating", "discord", "twitch"]),
        "profile_on_record": chance.random() < 0.5,
        "code_factors": mostly([], ["builds_profile"], ["records_third_parties"]),
        "immediate_risk": chance.random() < 0.4,
        "new_event": chance.random() < 0.3,
        "confidential_material_likely": chance.random() < 0.3,
        "illegal_content_suspected": chance.random() < 0.1,
    }
    return read_facts(
        {
            "now": NOW.isoformat(),
            "request": request,
            "views": some(view),
            "consents": some(consent),
            "notices": some(
                lambda: {
                    "kind": mostly("specific", "general"),
                    "at": at(),
                    "until": day(),
                    **scope(),
                    "objected": chance.random() < 0.2,
                }
            ),
            "advice": some(advice),
            "ripa_authorisations": some(
                lambda: {
                    **authority(),
                    "urn": "R1",
                    "approved_at": mostly(at(), None),
                    "takes_effect_on": chance.choice([None, "2026-11-01", "2026-12-01"]),
                    "accounts": mostly(None, ["logged_out"]),
                }
            ),
            "non_ripa_authorisations": some(
                lambda: {**authority(), "reference": "N1", "until": day(), "max_views": chance.randint(1, 2)}
            ),
            "court_orders": some(
                lambda: {
                    "reference": "C1",
                    "from": mostly("2026-11-01", "2026-12-01"),
                    "until": mostly(None, day()),
                    "persons": mostly(["P1"], ["P2"]),
                    **scope(),
                    "allows_contact": chance.random() < 0.5,
                    "terms_clear": chance.random() < 0.8,
                    "reported_at": mostly(None, at(days=5)),
                }
            ),
            "holds": some(lambda: {"pattern": "sweep", "at": at(), "released_at": mostly(at(), None)}),
            "counted_from": mostly(None, at()),
            "manager_approval": mostly(None, "approved", "declined"),
        }
    )
