"""The lawful bases that come with the tracker: a starting point that the council's data protection officer confirms or changes.

Sources: UK GDPR articles 6, 9 and 10; Data Protection Act 2018, Schedule 1, paragraphs 2, 6, 10 and 18; the function named with each.
Consent is never the basis: what somebody agreed to is kept apart from why the council may process (ICO, "When is consent
appropriate?").
"""

from tracker.policy.vocabulary import Purpose
from tracker.rulebook.requests import NewLawfulBasis

PUBLIC_TASK = "Article 6(1)(e), public task"
OBLIGATION = "Article 6(1)(c), legal obligation"
SAFEGUARDING = "Article 9(2)(g), with Schedule 1 paragraph 18 (safeguarding of children and of individuals at risk)"
STATUTORY = "Article 9(2)(g), with Schedule 1 paragraph 6 (statutory and government purposes)"
SOCIAL_CARE = "Article 9(2)(h), with Schedule 1 paragraph 2 (social care)"
CRIMES = "Article 10, with Schedule 1 paragraph 10 (preventing or detecting unlawful acts)"
LEGAL_CLAIMS = "Article 9(2)(f), legal claims and courts acting judicially"

_ENQUIRIES = "Children Act 1989 section 47; Care Act 2014 section 42"
_ASSESSMENTS = "Children Act 1989 sections 17 and 47; Care Act 2014 sections 9 and 42"

_BASES: dict[Purpose, tuple[str, str, str]] = {
    Purpose.ASSESSMENT: (PUBLIC_TASK, SOCIAL_CARE, _ASSESSMENTS),
    Purpose.VERIFY_ACCOUNT: (PUBLIC_TASK, SAFEGUARDING, _ASSESSMENTS),
    Purpose.RISK_TO_CHILD_OR_ADULT: (PUBLIC_TASK, SAFEGUARDING, _ENQUIRIES),
    Purpose.TRACE_MISSING_PERSON: (
        PUBLIC_TASK,
        SAFEGUARDING,
        "Children Act 1989 sections 17, 22 and 47; Care Act 2014 section 42",
    ),
    Purpose.RETURN_FROM_MISSING: (PUBLIC_TASK, SAFEGUARDING, "Children Act 1989 sections 17, 22 and 47"),
    Purpose.FIND_FAMILY_OR_CONNECTED_PERSON: (
        PUBLIC_TASK,
        STATUTORY,
        "Children Act 1989 sections 17 and 22C and Schedule 2 paragraph 15",
    ),
    Purpose.TRACE_OR_SERVE_COURT_DOCUMENTS: (
        PUBLIC_TASK,
        LEGAL_CLAIMS,
        "Children Act 1989 Parts IV and V; Family Procedure Rules 2010 Part 6",
    ),
    Purpose.COURT_DIRECTED: (OBLIGATION, LEGAL_CLAIMS, "The court's order or direction"),
    Purpose.PROSPECTIVE_CARER: (
        PUBLIC_TASK,
        SAFEGUARDING,
        "Children Act 1989 section 22C; Fostering Services (England) Regulations 2011 regulation 26; "
        "Adoption Agencies Regulations 2005 Part 4",
    ),
    Purpose.CARER_REVIEW: (
        PUBLIC_TASK,
        SAFEGUARDING,
        "Children Act 1989 section 22C; Fostering Services (England) Regulations 2011 regulation 28",
    ),
    Purpose.PRIVATE_FOSTERING: (
        PUBLIC_TASK,
        SAFEGUARDING,
        "Children Act 1989 section 67; Children (Private Arrangements for Fostering) Regulations 2005",
    ),
    Purpose.STAFF_SAFETY_BEFORE_VISIT: (
        PUBLIC_TASK,
        STATUTORY,
        "Health and Safety at Work etc. Act 1974 section 2, for visits made under the Children Act 1989 or the Care Act 2014",
    ),
    Purpose.PREVENT_OR_DETECT_CRIME: (
        PUBLIC_TASK,
        STATUTORY,
        "Local Government Act 1972 section 222; where the council investigates crime as such, Part 3 of the Data Protection "
        "Act 2018 applies instead",
    ),
    Purpose.OTHER: (PUBLIC_TASK, STATUTORY, "The statutory function that the worker names in the reasons of the check"),
}

_ARTICLE_10 = {Purpose.PREVENT_OR_DETECT_CRIME: CRIMES}

SHIPPED_BASES: tuple[NewLawfulBasis, ...] = tuple(
    NewLawfulBasis(purpose, *_BASES[purpose], article_10=_ARTICLE_10.get(purpose)) for purpose in Purpose
)
