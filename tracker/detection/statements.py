"""The statements by which the sweep reads the ledger, alike on both databases.

`{near}` narrows a statement to some people, looks or members of staff, or is empty; other names in braces are values (rows.py).
"""

from collections.abc import Iterable

from tracker.audit.changes import CHANGING_NOTHING, OF_ONE_CHECK
from tracker.audit.events import Event

_COUNTS = """
    (l.struck_at IS NULL OR v.because_wrong_person)
    AND NOT (l.result_counts_from IS NOT NULL
             AND (l.result = 'not_used' OR (l.result = 'wrong_person' AND NOT v.because_wrong_person)))
"""
"""Whether a row of the ledger counts, as `viewings.selectors.footing_as_recorded` has it; a test holds the two alike."""

_SEARCH = """
    (v.footing = 'presence_search'
     OR (l.searched_first AND l.result_counts_from IS NOT NULL
         AND l.result IN ('not_found', 'not_open', 'would_not_load')))
"""

_SUCH = """
    (v.footing IN ('open_source', 'late_entry')
     OR (v.footing = 'immediate_response' AND l.reviewed = 'not_agreed'))
"""
"""A view that nobody agreed to, was told of or ordered: the ones that `repeat_viewing` and `family_cluster` are made of."""

COUNTED = f"""
    SELECT v.person_id, v.look_id, v.at, {_SEARCH}
    FROM viewing v JOIN look l ON l.id = v.look_id
    WHERE ({_SUCH} OR {_SEARCH}) AND {_COUNTS} {{near}}
"""  # noqa: S608 - the parts are above

_HANDED_BACK = "l.result IN ('not_used', 'not_found', 'not_open', 'would_not_load')"
_LATE = "l.issued_at IS NULL AND l.struck_at IS NULL"

HANDED_BACK = f"""
    SELECT v.person_id, v.look_id, l.reported_at, l.viewer_id, l.issued_at
    FROM look l JOIN viewing v ON v.look_id = l.id WHERE {_HANDED_BACK} {{near}}
"""  # noqa: S608 - the parts are above

LATE = f"""
    SELECT v.person_id, v.look_id, l.opened_at, l.viewer_id, l.recorded_at
    FROM look l JOIN viewing v ON v.look_id = l.id WHERE {_LATE} {{near}}
"""  # noqa: S608 - the parts are above

BACK_OR_LATE = f"""
    SELECT v.person_id, v.look_id, l.reported_at, l.viewer_id, l.issued_at, {_HANDED_BACK}
    FROM viewing v JOIN look l ON l.id = v.look_id WHERE ({_HANDED_BACK} OR ({_LATE})) {{near}}
"""  # noqa: S608 - the parts are above
"""The looks at some people that are in either of the two lists above, and whether in the first: read together, where each is a look of
its own that has to be fetched."""

STRUCK_PERMITS = """
    SELECT DISTINCT l.team_id, l.viewer_id
    FROM viewing v JOIN look l ON l.id = v.look_id WHERE l.struck_at IS NOT NULL AND l.issued_at IS NOT NULL {near}
"""
"""For which teams, and by whom, permits at some people were that have been struck through since: they are in nobody's share any more."""

LOOKS_AROUND = """
    SELECT v.person_id, v.at, v.footing IN ('open_source', 'late_entry', 'immediate_response')
    FROM viewing v WHERE TRUE {near}
"""
LOOKS_BETWEEN = f"{LOOKS_AROUND} AND v.at BETWEEN {{since}} AND {{until}}"
"""All looks at some people, ever or in a time, and which of them a cluster could be made of: without the looks themselves, of which
each has to be fetched."""

SHARED_PROFILES = """
    SELECT DISTINCT v.person_id
    FROM profile v
    JOIN profile o ON o.platform = v.platform AND o.handle = v.handle AND o.person_id <> v.person_id
    JOIN check_profile c ON c.profile_id = v.id
    WHERE TRUE {near}
"""

ALSO_SEEN = """
    SELECT a.person_id, a.look_id, COALESCE(l.opened_at, l.issued_at), 0
    FROM also_seen a JOIN look l ON l.id = a.look_id
    WHERE a.person_id IS NOT NULL {near}
"""

SEEN_WITH = """
    SELECT DISTINCT a.person_id
    FROM also_seen a JOIN viewing v ON v.look_id = a.look_id
    WHERE a.person_id IS NOT NULL {near}
"""
SEEN_IN = "SELECT DISTINCT a.person_id FROM also_seen a WHERE a.person_id IS NOT NULL {near}"
"""Who else was seen in looks at some people; in some looks."""

_AT_THEM = "CROSS JOIN viewing v JOIN look l ON l.id = v.look_id"
"""The looks at people of whom little is on record: from them to their looks, never from a million looks to them (SQLite takes the
order of a cross join as it is written; the planner of PostgreSQL sees for itself)."""

AUTHORITY_GAPS = {
    "consent": f"""
        SELECT v.person_id FROM consent p {_AT_THEM}
        WHERE v.person_id = p.person_id AND v.footing = 'consent' {{near}}
          AND ((p.status <> 'given' AND p.recorded_at > l.recorded_at AND p.at <= v.at) OR p.struck_at > l.recorded_at)
    """,  # noqa: S608 - the parts are above
    "legal_advice": f"""
        SELECT v.person_id FROM legal_advice p {_AT_THEM}
        WHERE v.person_id = p.person_id AND v.footing = 'legal_advice' {{near}}
          AND ((p.recorded_at > l.recorded_at AND p.at <= v.at) OR p.struck_at > l.recorded_at)
    """,  # noqa: S608 - the parts are above
    "ripa_authorisation": f"""
        SELECT v.person_id FROM ripa_person p {_AT_THEM}
        JOIN ripa_authorisation r ON r.id = p.authorisation_id LEFT JOIN jp_hearing h ON h.authorisation_id = r.id
        WHERE v.person_id = p.person_id AND v.footing = 'ripa_authorisation' {{near}}
          AND ((r.cancelled_recorded_at > l.recorded_at AND r.cancelled_at <= v.at) OR r.struck_at > l.recorded_at
               OR h.recorded_at > l.recorded_at)
    """,  # noqa: S608 - the parts are above
    "non_ripa_authorisation": f"""
        SELECT v.person_id FROM non_ripa_person p {_AT_THEM}
        JOIN non_ripa_authorisation r ON r.id = p.authorisation_id
        WHERE v.person_id = p.person_id AND v.footing = 'non_ripa_authorisation' {{near}}
          AND ((r.cancelled_recorded_at > l.recorded_at AND r.cancelled_at <= v.at) OR r.struck_at > l.recorded_at)
    """,  # noqa: S608 - the parts are above
    "court_order": f"""
        SELECT v.person_id FROM court_order_person p {_AT_THEM}
        JOIN court_order r ON r.id = p.order_id LEFT JOIN court_order_correction c ON c.reported_id = r.id
        WHERE v.person_id = p.person_id AND v.footing = 'court_order' {{near}}
          AND (r.struck_at > l.recorded_at OR c.corrected_id IS NOT NULL)
    """,  # noqa: S608 - the parts are above
}
"""By what they stand on: looks on an authority of which something was recorded after the look that was true, or had been struck, by its
minute."""

STANDS_ON_AN_AUTHORITY = """
    SELECT DISTINCT v.person_id FROM viewing v
    WHERE v.footing IN ('consent', 'legal_advice', 'ripa_authorisation', 'non_ripa_authorisation', 'court_order') {near}
"""

_SAME = "SELECT person_id, other_id, TRUE FROM same_person_link WHERE undone_at IS NULL"
_SEALED = "SELECT person_id, other_id, TRUE FROM sealed_counterpart WHERE ended_at IS NULL"
_FAMILY = "SELECT person_id, other_id, FALSE FROM family_link WHERE ended_at IS NULL AND kind <> 'associate'"

LINKS = f"{_SAME} UNION ALL {_SEALED} UNION ALL {_FAMILY}"
"""Who is one person with whom (true), as Legal alone may know too, and who is family or household of whom (false)."""

SAME_NEAR = f"""
    {_SAME} {{near}} UNION ALL {_SAME} {{other}} UNION ALL {_SEALED} {{near}} UNION ALL {_SEALED} {{other}}
"""
LINKS_NEAR = f"{SAME_NEAR} UNION ALL {_FAMILY} {{near}} UNION ALL {_FAMILY} {{other}}"
"""The links that begin or end with some people: of one person, and of family too."""


def _listed(events: Iterable[Event]) -> str:
    return ", ".join(f"'{event.value}'" for event in sorted(events))


_SINCE = "e.seq > {since} AND e.seq <= {until}"
_OF_ONE_CHECK = f"e.event IN ({_listed(OF_ONE_CHECK)}) AND SUBSTR(COALESCE(e.record, ''), 1, 4) = 'CHK-'"

OTHER_ENTRIES = f"""
    SELECT e.seq, e.event FROM audit_entry e
    WHERE {_SINCE} AND NOT ({_OF_ONE_CHECK}) AND e.event NOT IN ({_listed(CHANGING_NOTHING)})
"""  # noqa: S608 - the parts are above
"""The entries of the trail in between by which something else has changed than one check and its look."""

NAMED = """
    SELECT DISTINCT p.id FROM audit_person a JOIN person p ON p.reference = a.person WHERE TRUE {near}
"""
"""Whom some entries of the trail name."""

CHANGED_LOOKS = f"""
    SELECT v.person_id, l.id, l.check_id, l.viewer_id, v.at, v.footing,
           CASE WHEN NOT ({_COUNTS}) THEN NULL WHEN {_SEARCH} THEN 'search' WHEN {_SUCH} THEN 'view' END,
           {_HANDED_BACK}, {_LATE}
    FROM check_request c JOIN look l ON l.check_id = c.id JOIN viewing v ON v.look_id = l.id
    WHERE c.reference IN (SELECT e.record FROM audit_entry e WHERE {_SINCE} AND {_OF_ONE_CHECK})
"""  # noqa: S608 - the parts are above
"""The looks of the checks about which the entries in between are, once a person, with all that says what each can be a part of."""
