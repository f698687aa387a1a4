"""The policy as everybody signed in may read it: every rule from the code, the limits in force, the lawful bases."""

from flask import Blueprint, render_template

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.policy.catalogue import BOUNDS, FOOTING_CATALOGUE, PATTERN_CATALOGUE, STOP_CATALOGUE
from tracker.policy.limits import CAUTION_THRESHOLD, RULES_RELEASE
from tracker.policy.plain_words import INTRODUCTION, PATTERNS_IN_WORDS, TERMS, WEIGHING
from tracker.policy.vocabulary import Outcome, Platform, Purpose
from tracker.rulebook.selectors import limits_in_force, list_lawful_bases, platforms_that_tell, purposes_offered
from tracker.rulebook.showing import limits_now
from tracker.rulebook.vocabulary import tells_in_words
from tracker.web.request import now, reading

pages = Blueprint("rulebook", __name__)


@pages.route("/policy")
@requires(Permission.READ_POLICY)
def policy() -> str:
    """Every footing, stop and pattern, what it looks at, its source, and the limits that hold now."""
    with reading() as session:
        in_force, told = limits_in_force(session, at=now()), platforms_that_tell(session, at=now())
        return render_template(
            "rulebook/policy.html",
            introduction=INTRODUCTION,
            outcomes=tuple(Outcome),
            weighing=tuple(step.replace("*", "") for step in WEIGHING),
            footings=FOOTING_CATALOGUE,
            bounds=BOUNDS,
            stops=STOP_CATALOGUE,
            patterns_in_words=PATTERNS_IN_WORDS,
            patterns=PATTERN_CATALOGUE,
            terms=TERMS,
            release=RULES_RELEASE,
            caution=CAUTION_THRESHOLD,
            in_force=in_force,
            limits=limits_now(in_force.limits),
            bases=list_lawful_bases(session),
            offered=purposes_offered(session, at=now()),
            tells=[tells_in_words(one) for one in Platform if one in told],
            purposes={purpose.value: purpose.label for purpose in Purpose},
        )
