"""Two records taken as one person where nobody may, or nobody can yet, say that they are."""

from dataclasses import replace

from tracker.policy.counting import NOT_COUNTED
from tracker.policy.facts import CheckFacts
from tracker.policy.records import legal_word
from tracker.policy.vocabulary import Conclusion, ConsentStatus, NoticeKind


def with_what_is_stricter(mine: CheckFacts, other: CheckFacts) -> CheckFacts:
    """Both as one person, of the other only what can make an answer stricter: looks, a no, an objection, what Legal advised against, an
    authorisation once granted, holds. What would permit there permits nothing here."""
    theirs = other.request.under_18
    request = replace(
        mine.request,
        under_18=mine.request.under_18 if theirs in (None, mine.request.under_18) else None,
        profile_on_record=mine.request.profile_on_record or other.request.profile_on_record,
    )
    begins = [one for one in (mine.counted_from, other.counted_from) if one is not None]
    counted_from = mine.counted_from if not other.views else (min(begins) if len(begins) > 1 else None)
    said = tuple(one for one in other.consents if one.status is not ConsentStatus.GIVEN)
    objected = tuple(replace(one, kind=NoticeKind.GENERAL) for one in other.notices if one.objected)
    barring = tuple(one for one in other.advice if one.conclusion is not Conclusion.NOT_DIRECTED_SURVEILLANCE)
    word = [one for one in legal_word(mine) if one.conclusion is not Conclusion.NOT_DIRECTED_SURVEILLANCE]
    again = tuple(replace(earlier, at=one.at) for one in barring for earlier in word if one.at > earlier.at)
    adverse = (*(replace(one, covers_confidential=False) for one in barring), *again)
    person = frozenset({request.person})
    granted = tuple(replace(one, persons=person, cancelled_at=one.granted_at) for one in other.ripa_authorisations)
    return replace(
        mine,
        request=request,
        views=tuple(sorted(dict.fromkeys((*mine.views, *other.views)), key=lambda view: view.at)),
        consents=(*mine.consents, *said),
        notices=(*mine.notices, *objected),
        advice=(*mine.advice, *adverse),
        ripa_authorisations=(*mine.ripa_authorisations, *granted),
        holds=(*mine.holds, *other.holds),
        counted_from=counted_from,
    )


def makes_stricter(mine: CheckFacts, other: CheckFacts) -> bool:
    """Whether there is anything on the other that could: searches for whether there is a profile at all are not looked at."""
    both = with_what_is_stricter(mine, other)
    looks = any(view.footing not in NOT_COUNTED for view in other.views)
    said = (both.consents, both.notices, both.advice, both.ripa_authorisations, both.holds)
    return looks or said != (mine.consents, mine.notices, mine.advice, mine.ripa_authorisations, mine.holds)
