"""The spaces of the footings: for each, what every field that it reads can be, on both sides of each comparison.

The first space of a footing has two or more states of everything; those after it go through more states of what
belongs together: all pairs of consents, the whole of a vocabulary, the edges of a period.
"""

from __future__ import annotations

from itertools import combinations_with_replacement, product
from typing import Any

from . import pools
from .cases import Row
from .pools import DAY, HOUR, SECOND, TICK
from .spaces import Axis, Option, asked, limited, recorded

NO_AGO = 0 * DAY
SELF, PARENT, ATTORNEY = ("self", "has"), ("parental_responsibility", "lacks"), ("attorney_or_deputy", "lacks")
GIVERS = list(product(("self", "parental_responsibility", "attorney_or_deputy"), ("has", "lacks", "not_assessed")))
PLATFORMS = [Option(request={"platforms": pools.PLATFORMS[:number]}) for number in (1, 2)]
ADULT = asked("under_18", False)
LOOKING = asked("method", "view_only", "contracted_third_party", "shown_by_person")
OPENNESS = [
    Option(request={"aim": aim, "visibility": visibility})
    for aim, visibility in (
        ("view", "open"),
        ("view", "partly_visible"),
        ("view", "restricted"),
        ("view", "unknown"),
        ("find_then_view", "unknown"),
        ("find_then_view", "blocked_by_person"),
        ("find_presence", "open"),
        ("find_presence", "unknown"),
    )
]
EVERY_OPENNESS = [asked("aim"), asked("visibility"), asked("method")]


def consent(
    ago: Any, status: str, giver: tuple[str, str] = SELF, until: int = 30, scope: str = "any", aimed: str = "any"
) -> Row:
    """One consent, for any purpose unless told otherwise."""
    return (ago, status, giver, until, scope, aimed)


def advice(ago: Any, conclusion: str, scope: str = "any", until: int = 30, most: int = 2, aimed: str = "any") -> Row:
    """One piece of advice, for any purpose unless told otherwise."""
    return (ago, conclusion, until, most, False, scope, aimed)


def ripa(granted: Any, *, review: int = 30, **other: Any) -> Row:
    """One RIPA authorisation, in force for P1 unless told otherwise."""
    row = {"approved": granted, "effect": None, "cancelled": None, "persons": ("P1",), "scope": "any", "accounts": None}
    row |= other
    middle = (row["approved"], row["effect"], row["cancelled"], review, row["persons"], row["scope"])
    return (granted, *middle, row["accounts"])


def view(ago: Any, footing: str, reviewed: str | None = None) -> Row:
    """One view on a platform asked for."""
    return (ago, footing, reviewed, "exactly")


def notice(ago: Any, kind: str = "specific", until: int = 30, scope: str = "any", aimed: str = "any") -> Row:
    """One notice not objected to."""
    return (ago, kind, until, False, scope, aimed)


SAID = [
    Option(),
    Option(rows={"advice": [advice(2 * DAY, "chis", "part")]}),
    Option(rows={"advice": [advice(2 * DAY, "chis"), advice(2 * DAY, "not_directed_surveillance")]}),
    Option(rows={"advice": [advice(2 * DAY, "threshold_met"), advice(HOUR, "not_directed_surveillance", "part")]}),
    Option(rows={"advice": [advice(2 * DAY, "threshold_met"), advice(HOUR, "not_directed_surveillance", until=-1)]}),
    Option(rows={"advice": [advice(2 * DAY, "chis", aimed="without")]}),
    Option(
        rows={"advice": [advice(2 * DAY, "threshold_met"), advice(HOUR, "not_directed_surveillance", aimed="without")]}
    ),
    Option(rows={"ripa_authorisations": [ripa(2 * DAY, approved=None)]}),
    Option(rows={"ripa_authorisations": [ripa(2 * DAY, persons=("P2",))]}),
    Option(
        rows={
            "ripa_authorisations": [ripa(2 * DAY, cancelled=HOUR, scope="none")],
            "advice": [advice(2 * DAY, "not_directed_surveillance")],
        }
    ),
    Option(
        rows={
            "ripa_authorisations": [ripa(2 * DAY), ripa(-TICK)],
            "advice": [advice(2 * DAY - TICK, "not_directed_surveillance")],
        }
    ),
]
NOES = [
    Option(),
    Option(rows={"consents": [consent(2 * DAY, "refused", scope="part")]}),
    Option(rows={"consents": [consent(2 * DAY, "withdrawn", PARENT)]}),
    Option(rows={"consents": [consent(2 * DAY, "withdrawn"), consent(HOUR, "given", scope="part")]}),
    Option(rows={"consents": [consent(2 * DAY, "refused"), consent(HOUR, "given", until=-1)]}),
    Option(rows={"consents": [consent(2 * DAY, "withdrawn", PARENT), consent(HOUR, "given")]}),
    Option(rows={"consents": [consent(2 * DAY, "refused", aimed="without")]}),
    Option(rows={"consents": [consent(2 * DAY, "refused"), consent(HOUR, "given", aimed="without")]}),
    Option(rows={"consents": [consent(2 * DAY, "refused"), consent(HOUR, "given", ("self", "not_assessed"))]}),
    Option(rows={"consents": [consent(2 * DAY, "refused", ATTORNEY), consent(HOUR, "given", ATTORNEY)]}),
]
OBJECTIONS = [
    Option(),
    Option(rows={"notices": [(2 * DAY, "general", 30, True, "part", "any")]}),
    Option(rows={"notices": [(2 * DAY, "specific", -1, True, "none", "any")]}),
    Option(
        rows={
            "notices": [(2 * DAY, "specific", 30, True, "any", "any")],
            "consents": [consent(HOUR, "given", until=-1)],
        }
    ),
    Option(rows={"notices": [(2 * DAY, "specific", 30, True, "any", "any")], "consents": [consent(2 * DAY, "given")]}),
    Option(rows={"notices": [(2 * DAY, "specific", 30, True, "any", "without")]}),
    Option(
        rows={
            "notices": [(2 * DAY, "specific", 30, True, "any", "any")],
            "consents": [consent(HOUR, "given", aimed="without")],
        }
    ),
    Option(
        rows={
            "notices": [(2 * DAY, "specific", 30, True, "any", "any")],
            "consents": [consent(HOUR, "given", ("self", "not_assessed"))],
        }
    ),
]
OLD = 100 * DAY
SEARCHES = [
    (),
    [view(HOUR, "presence_search")] * 2,
    [view(HOUR, "presence_search")] * 2 + [view(28 * DAY, "presence_search")],
    [view(HOUR, "presence_search")] * 2 + [view(28 * DAY + TICK, "presence_search")],
    [view(OLD, "presence_search")] * 5,
    [view(OLD, "presence_search")] * 6,
    [view(HOUR, "presence_search")] * 2 + [view(-TICK, "presence_search")] * 5,
]
FACTORS = [Option(request={"code_factors": factors}) for factors in pools.VOCABULARY["code_factors"]]


def numbers_of_platforms(*numbers: int) -> Axis:
    """So many platforms asked for."""
    return [Option(request={"platforms": pools.PLATFORMS[:number]}) for number in numbers]


PAIRED_CONSENTS = [
    (status, giver, until, scope)
    for status in ("given", "refused", "withdrawn")
    for giver in GIVERS
    for until in ((0, -1) if status == "given" else (0,))
    for scope in ("any", "part", "part_and_more")
    if status != "withdrawn" or giver[1] == "lacks"
]
SPLIT = [
    Option(
        rows={
            "consents": [
                consent(DAY, "given", SELF, scope="part"),
                consent(2 * DAY, "given", SELF, scope="part_and_more"),
                consent(ago, "refused", giver, scope=scope),
            ]
        }
    )
    for ago in (HOUR, DAY, 36 * HOUR, 2 * DAY, 3 * DAY)
    for giver in GIVERS
    for scope in ("any", "part", "part_and_more", "none")
]
OWN_AND_OTHERS = [
    Option(
        rows={
            "consents": [
                consent(HOUR, "given", giver),
                consent(DAY, "refused", ("self", able)),
                consent(ago, "given", ("self", able_later), until, scope),
            ]
        }
    )
    for giver in (PARENT, ATTORNEY)
    for able in ("has", "lacks", "not_assessed")
    for able_later in ("has", "lacks", "not_assessed")
    for ago in (DAY - TICK, DAY, DAY + TICK)
    for until in (30, -1)
    for scope in ("any", "exactly", "part")
]
ONE_CONSENT = [
    Option(rows={"consents": [(ago, status, giver, until, scope, aimed)]})
    for ago, status, giver, until, scope, aimed in product(
        (HOUR, NO_AGO, -TICK),
        ("given", "refused", "withdrawn"),
        GIVERS,
        (1, 0, -1),
        ("any", "exactly", "wider", "part", "none"),
        ("any", "only", "among", "without"),
    )
    if status == "given" or until == 0
]


def two_consents() -> Axis:
    """All pairs, the first before the second, at its moment and after it."""
    return [
        Option(rows={"consents": [consent(DAY, *first[:3], first[3]), consent(ago, *second[:3], second[3])]})
        for first, second in combinations_with_replacement(PAIRED_CONSENTS, 2)
        for ago in (2 * DAY, DAY, HOUR)
    ]


ORDER_STATES = product(
    (-1, 0, 1),
    (None, 0, -1),
    (("P1",), ("P2",), ("P2", "P1")),
    ("any", "wider", "part"),
    ("any", "without"),
    (True, False),
    (True, False),
    (None, HOUR, 72 * HOUR - TICK, 72 * HOUR, NO_AGO, -TICK),
)
ORDER_PAIRS = combinations_with_replacement(
    list(product((0, 1), (0,), (("P1",),), ("any", "part"), ("any",), (True, False), (True,), (None, HOUR, 72 * HOUR))),
    2,
)
WORDS_ON_RIPA: Axis = [
    Option(),
    *(
        Option(rows={"advice": [advice(ago, conclusion)]})
        for conclusion in pools.CONCLUSIONS
        for ago in (10 * DAY + TICK, 10 * DAY, HOUR)
    ),
    Option(rows={"advice": [advice(HOUR, "threshold_met"), advice(HOUR, "threshold_not_met")]}),
    Option(rows={"advice": [advice(HOUR, "threshold_met"), advice(DAY, "chis")]}),
]
PERIODS: list[dict[str, Any]] = [
    {"approved": None},
    {"approved": None, "effect": 0},
    {"approved": -TICK},
    {"approved": NO_AGO},
    {"approved": 5 * DAY},
    *({"approved": 5 * DAY, "effect": effect} for effect in (-30, -1, 0, 1, -91, -92, -93)),
    *({"approved": days * DAY + extra} for days in (90, 91, 92) for extra in (NO_AGO, 30 * 60 * SECOND + TICK)),
]
RIPA_STATES = product(
    PERIODS,
    (None, HOUR, NO_AGO, -TICK),
    (-1, 0),
    (("P1",), ("P2",), ("P2", "P1")),
    ("any", "wider", "part"),
    (None, "same", "others"),
)
USES = [
    (),
    [view(HOUR, "legal_advice"), view(HOUR, "non_ripa_authorisation"), view(OLD, "late_entry")],
    [view(HOUR, "late_entry"), view(HOUR, "consent")],
    [view(10 * DAY, "late_entry"), view(HOUR, "legal_advice")],
    [view(10 * DAY + TICK, "late_entry"), view(HOUR, "non_ripa_authorisation")],
    [view(10 * DAY, "non_ripa_authorisation"), view(HOUR, "non_ripa_authorisation")],
    [view(10 * DAY, "legal_advice"), view(HOUR, "legal_advice"), view(-TICK, "late_entry")],
    [view(HOUR, footing) for footing in pools.FOOTINGS if footing not in {"legal_advice", "non_ripa_authorisation"}],
]
NON_RIPA_STATES = product((0, -1), (None, HOUR, -TICK), (0, -1), (("P1",), ("P2",)), ("any", "wider", "part"), (1, 2))
NON_RIPA_ONE: Row = (10 * DAY, 30, None, 30, ("P1",), "any", 2)
WORDS: Axis = [
    Option(),
    *(Option(rows={"advice": [advice(30 * DAY, conclusion)]}) for conclusion in pools.CONCLUSIONS),
    Option(rows={"advice": [advice(30 * DAY, "threshold_not_met"), advice(30 * DAY, "chis")]}),
    Option(rows={"advice": [advice(30 * DAY, "threshold_not_met"), advice(30 * DAY, "not_directed_surveillance")]}),
    Option(rows={"advice": [advice(30 * DAY, "threshold_not_met", "part")]}),
]
DANGERS = [
    view(ago, footing, reviewed)
    for ago in (NO_AGO, HOUR, 7 * DAY, 7 * DAY + TICK, -TICK)
    for footing in ("immediate_response", "late_entry")
    for reviewed in ("agreed", "not_agreed", None)
]
FAVOURABLE = [
    advice(ago, "not_directed_surveillance", scope, until, most)
    for ago, scope, until, most in product((10 * DAY, 20 * DAY), ("any", "wider", "part"), (0, -1), (1, 2))
]
TOLD: Axis = recorded(
    "notices",
    (),
    [notice(10 * DAY)],
    [notice(10 * DAY, "general")],
    [notice(10 * DAY, until=0, scope="wider", aimed="among")],
    [notice(10 * DAY, until=-1)],
    [notice(10 * DAY, scope="part")],
    [notice(10 * DAY, aimed="without")],
    [notice(10 * DAY), notice(10 * DAY, until=-1)],
    [notice(10 * DAY, until=-1), notice(20 * DAY)],
    [notice(10 * DAY), notice(HOUR, "general"), notice(HOUR, scope="part"), notice(-TICK)],
)
SAID_BEFORE: Axis = [
    Option(),
    *(
        Option(rows={"advice": [advice(ago, conclusion)]})
        for conclusion in pools.CONCLUSIONS
        for ago in (10 * DAY + TICK, 10 * DAY, HOUR)
    ),
    Option(rows={"advice": [advice(20 * DAY, "threshold_met"), advice(20 * DAY, "chis")]}),
    Option(rows={"advice": [advice(20 * DAY, "chis"), advice(15 * DAY, "threshold_met")]}),
    *(Option(rows={"ripa_authorisations": [ripa(ago)]}) for ago in (10 * DAY + TICK, 10 * DAY, HOUR)),
]
REFUSED_SINCE: Axis = [
    Option(),
    *(
        Option(rows={"consents": [consent(ago, status, giver, scope=scope)]})
        for status, giver in (("refused", SELF), ("withdrawn", PARENT), ("given", SELF))
        for ago in (10 * DAY + TICK, 10 * DAY, HOUR)
        for scope in ("part", "none")
    ),
    Option(rows={"consents": [consent(HOUR, "refused"), consent(NO_AGO, "given")]}),
]
NOTICE_USES: Axis = recorded(
    "views",
    (),
    *(
        [view(HOUR, footing), view(10 * DAY, footing), view(10 * DAY + TICK, footing), view(HOUR, "open_source")]
        for footing in (*pools.FOOTINGS, "late_entry")
    ),
    [view(HOUR, "notice"), view(-TICK, "notice"), view(HOUR, "late_entry")],
    [view(HOUR, "notice"), view(HOUR, "legal_advice"), view(HOUR, "immediate_response")],
)


def counted(ago: Any, counted_from: Any) -> Option:
    """One view and where the count begins."""
    return Option(rows={"views": [view(ago, "open_source")]}, rest={"counted_from": counted_from})


VIEWED: Axis = [
    Option(),
    *(Option(rows={"views": [view(HOUR, footing)]}) for footing in (*pools.FOOTINGS, "late_entry")),
    *(counted(ago, start) for ago in (HOUR, HOUR + TICK, -TICK) for start in (None, HOUR, NO_AGO, -TICK)),
]
FIRST_LOOKS: list[Axis] = [
    asked("under_18"),
    asked("may_lack_capacity"),
    limited("child_first_look_needs_approval", True, False),
    asked("purpose", "assessment", "other", "prevent_or_detect_crime"),
]

SPACES: dict[str, list[list[Axis]]] = {
    "presence_search": [
        [
            asked("aim"),
            asked("profile_on_record"),
            asked("method", "view_only", "contracted_third_party"),
            asked("code_factors", [], ["builds_profile"], ["records_third_parties"]),
            numbers_of_platforms(5, 6),
            SAID[:2],
            recorded("views", *SEARCHES),
            NOES[:3],
            OBJECTIONS[:2],
        ],
        [asked("aim", "find_presence"), SAID, NOES, OBJECTIONS],
        [asked("aim", "find_presence"), asked("method"), FACTORS, asked("visibility")],
        [
            asked("aim", "find_presence"),
            numbers_of_platforms(1, 2),
            limited("presence_search_platforms", 1, 2),
            limited("presence_search_limit", 2, 3, 10),
            limited("presence_search_total", 2, 5, 7),
            limited("presence_search_days", 7, 28, 29),
            recorded("views", *SEARCHES),
        ],
    ],
    "consent": [
        [asked("under_18"), PLATFORMS, ONE_CONSENT],
        [asked("under_18"), two_consents()],
        [asked("under_18"), SPLIT],
        [asked("under_18"), OWN_AND_OTHERS],
    ],
    "court_order": [
        [asked("method"), recorded("court_orders", (), *([row] for row in ORDER_STATES))],
        [asked("method", "view_only", "interaction"), recorded("court_orders", *ORDER_PAIRS)],
        [
            limited("unsealed_order_hours", 1, 2),
            recorded("court_orders", *([(0, 0, ("P1",), "any", "any", True, True, ago)] for ago in (HOUR, 2 * HOUR))),
        ],
    ],
    "ripa_authorisation": [
        [
            asked("purpose", "prevent_or_detect_crime", "assessment"),
            recorded(
                "ripa_authorisations",
                (),
                *(
                    [
                        ripa(
                            10 * DAY,
                            review=review,
                            cancelled=cancelled,
                            persons=persons,
                            scope=scope,
                            accounts=accounts,
                            **period,
                        )
                    ]
                    for period, cancelled, review, persons, scope, accounts in RIPA_STATES
                ),
            ),
            WORDS_ON_RIPA[:2],
        ],
        [asked("purpose"), asked("account"), WORDS_ON_RIPA, recorded("ripa_authorisations", [ripa(10 * DAY)])],
        [
            asked("purpose", "prevent_or_detect_crime"),
            WORDS_ON_RIPA,
            recorded(
                "ripa_authorisations", *([ripa(10 * DAY), ripa(ago, approved=HOUR)] for ago in (30 * DAY, HOUR, -TICK))
            ),
        ],
    ],
    "non_ripa_authorisation": [
        [
            limited("non_ripa", True, False),
            asked("purpose", "assessment", "prevent_or_detect_crime"),
            LOOKING,
            OPENNESS,
            WORDS[:4],
            recorded("non_ripa_authorisations", (), [NON_RIPA_ONE]),
            recorded("views", *USES),
        ],
        [
            limited("non_ripa", True),
            WORDS[2:4],
            recorded(
                "non_ripa_authorisations",
                *([(granted, *row)] for granted in (10 * DAY, NO_AGO, -TICK) for row in NON_RIPA_STATES),
            ),
            recorded("views", *USES),
        ],
        [
            limited("non_ripa", True, False),
            *EVERY_OPENNESS,
            WORDS[3:4],
            recorded("non_ripa_authorisations", [NON_RIPA_ONE]),
        ],
        [limited("non_ripa", True), asked("purpose"), WORDS, recorded("non_ripa_authorisations", [NON_RIPA_ONE])],
    ],
    "immediate_response": [
        [
            asked("immediate_risk"),
            asked("new_event"),
            limited("emergency_window_days", 7, 8),
            recorded("views", (), *([row] for row in DANGERS), *combinations_with_replacement(DANGERS, 2)),
        ],
    ],
    "legal_advice": [
        [
            LOOKING,
            OPENNESS,
            [*SAID, *(Option(rows={"advice": [row]}) for row in FAVOURABLE[:12])],
            recorded("views", *USES),
        ],
        [
            recorded("advice", (), *combinations_with_replacement(FAVOURABLE, 2)),
            recorded("views", *USES),
            recorded("ripa_authorisations", (), [ripa(20 * DAY)], [ripa(15 * DAY)], [ripa(HOUR)]),
        ],
        [*EVERY_OPENNESS, recorded("advice", [FAVOURABLE[1]])],
    ],
    "notice": [
        [
            OPENNESS,
            LOOKING,
            TOLD,
            [SAID_BEFORE[0], SAID_BEFORE[4], SAID_BEFORE[6]],
            REFUSED_SINCE[:5],
            recorded("views", (), [view(HOUR, "notice")] * 3),
            OBJECTIONS[:2],
        ],
        [TOLD, SAID_BEFORE, REFUSED_SINCE],
        [TOLD, OBJECTIONS, NOES],
        [TOLD, NOTICE_USES, limited("notice_view_limit", 2, 3, 4)],
        [*EVERY_OPENNESS, TOLD[1:2]],
    ],
    "open_source": [
        [
            OPENNESS[:2] + OPENNESS[4:7],
            asked("method", "view_only", "contracted_third_party"),
            numbers_of_platforms(3, 4),
            asked("code_factors", [], ["repeated_viewing"], ["records_third_parties"]),
            [VIEWED[0], VIEWED[1], VIEWED[2], VIEWED[3]],
            SAID[:2],
            NOES[:3],
            OBJECTIONS[:2],
            *FIRST_LOOKS,
        ],
        [OPENNESS[:1], VIEWED, SAID, NOES],
        [OPENNESS[:1], NOES, OBJECTIONS, *FIRST_LOOKS],
        [*EVERY_OPENNESS, asked("purpose")],
        [FACTORS, *FIRST_LOOKS, NOES[:2]],
        [
            OPENNESS[:1] + OPENNESS[4:5],
            numbers_of_platforms(1, 2),
            limited("single_viewing_platforms", 1, 2),
            limited("presence_search_limit", 2, 3, 10),
            limited("presence_search_total", 2, 5, 7),
            limited("presence_search_days", 7, 28, 29),
            recorded("views", *SEARCHES),
        ],
    ],
}
