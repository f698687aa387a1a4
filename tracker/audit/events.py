"""The closed list of events, in the past tense, each with the sentence that the trail shows.

A sentence may use `{actor}`, `{people}` and `{record}`. To add an event, add it here and record it in the function that makes
the change; a test fails while an event on this list is recorded nowhere.
"""

from enum import StrEnum


class Event(StrEnum):
    """What happened. The value is stable for ever: it is part of the hashed text."""

    sentence: str

    def __new__(cls, value: str, sentence: str) -> "Event":
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member

    # Signing in and staff
    SIGNED_IN = "staff:signed_in", "{actor} signed in"
    SIGN_IN_FAILED = "staff:sign_in_failed", "A sign-in as {record} failed"
    ACCOUNT_LOCKED = "staff:account_locked", "{record} was locked after too many failed sign-ins"
    SIGNED_OUT = "staff:signed_out", "{actor} signed out"
    PASSWORD_CHANGED = "staff:password_changed", "{actor} changed their password"
    ONE_TIME_PASSWORD_GIVEN = "staff:one_time_password_given", "{actor} gave {record} a one-time password"
    LOCK_ENDED = "staff:lock_ended", "{actor} ended the lock on {record}"
    SESSIONS_ENDED = "staff:sessions_ended", "{actor} signed {record} out everywhere"
    STAFF_ADDED = "staff:added", "{actor} added {record} to the staff"
    STAFF_CLOSED = "staff:closed", "{actor} closed the staff record {record}"
    ROLE_GRANTED = "staff:role_granted", "{actor} granted a role to {record}"
    ROLE_CONFIRMED = "staff:role_confirmed", "{actor} confirmed a role of {record}"
    ROLE_DECLINED = "staff:role_declined", "{actor} declined to confirm a role of {record}"
    ROLE_ENDED = "staff:role_ended", "{actor} ended a role of {record}"
    TEAM_ADDED = "staff:team_added", "{actor} added the team {record}"
    TEAM_MOVED = "staff:team_moved", "{actor} put the team {record} under another"
    TEAM_CLOSED = "staff:team_closed", "{actor} closed the team {record}"
    ROTA_SHIFT_ADDED = "staff:rota_shift_added", "{actor} put {record} on the rota"
    ROTA_SHIFT_ENDED = "staff:rota_shift_ended", "{actor} took {record} off the rota"
    DEPUTY_NAMED = "staff:deputy_named", "{actor} named a deputy for {record}"
    COVER_ENDED = "staff:cover_ended", "{actor} ended the cover of {record}"
    ACCESS_REFUSED = "access:refused", "{actor} was refused"

    # Imports from a file
    IMPORT_TRIED = "import:tried", "{actor} tried an import, which changed nothing"
    IMPORT_BEGUN = "import:begun", "{actor} began an import"
    IMPORT_DONE = "import:done", "An import was done"
    IMPORT_ENDED = "import:ended", "An import was ended, and the rows that were kept for it were erased"

    # The trail itself
    TRAIL_OPENED = "trail:opened", "{actor} read the trail"
    TRAIL_OPENED_ABOUT = "trail:opened_about", "{actor} read the trail about {people}"
    TRAIL_VERIFIED = "trail:verified", "{actor} had the chain of the trail verified"
    CONTENT_ERASED = "trail:content_erased", "{actor} erased the words of an entry of the trail"

    # Council settings
    LIMITS_SHIPPED = "limits:shipped", "The shipped limits were put in force, not yet signed by the council"
    LIMITS_PROPOSED = "limits:proposed", "{actor} proposed limits"
    LIMITS_SIGNED = "limits:signed", "{actor} signed limits"
    SETTING_PROPOSED = "limits:setting_proposed", "{actor} proposed a setting of the council"
    SETTING_SIGNED = "limits:setting_signed", "{actor} signed a setting of the council"
    PROPOSAL_WITHDRAWN = "limits:proposal_withdrawn", "{actor} withdrew the proposal {record}"
    LAWFUL_BASES_SHIPPED = (
        "limits:lawful_bases_shipped",
        "The shipped lawful bases were put in, not yet confirmed by the council",
    )
    LAWFUL_BASIS_SET = "limits:lawful_basis_set", "{actor} set the lawful basis of a purpose"
    SITE_TEXT_WRITTEN = "settings:site_text_written", "{actor} wrote words for the site, not yet shown"
    SITE_TEXT_SHOWN = "settings:site_text_shown", "{actor} put words in place on the site"

    # People
    PEOPLE_SEARCHED = "people:searched", "{actor} searched for a person"
    PERSON_OPENED = "people:opened", "{actor} opened the record of {people}"
    OPENED_ON_DUTY = "people:opened_on_duty", "{actor} said why they came to the record of {people} on duty"
    PERSON_ADDED = "people:added", "{actor} added the record of {people}"
    PERSON_CHANGED = "people:changed", "{actor} changed the details of {people}"
    PERSON_GROWN_UP = (
        "people:grown_up",
        "{actor} changed the age of {people}, who no longer counts as a child",
    )
    PERSON_RESTRICTED = "people:restricted", "{actor} restricted the record of {people}"
    PERSON_RESTRICTION_LIFTED = "people:restriction_lifted", "{actor} lifted the restriction on the record of {people}"
    SEAL_ASKED = "people:seal_asked", "{actor} asked Legal to seal the record of {people}"
    PERSON_READERS_NAMED = "people:readers_named", "{actor} said for Legal who reads the record of {people}"
    PERSON_SEALED = "people:sealed", "{actor} sealed the record of {people}"
    PERSON_UNSEALED = "people:unsealed", "{actor} unsealed the record of {people}"
    COUNTERPARTS_OPENED = "people:counterparts_opened", "{actor} opened the records of {people} together, for Legal"
    COUNTERPART_RECORDED = (
        "people:counterpart_recorded",
        "{actor} recorded, for Legal alone, that the records of {people} are one person",
    )
    COUNTERPART_ENDED = (
        "people:counterpart_ended",
        "{actor} recorded, for Legal alone, that the records of {people} are not one person after all",
    )
    COUNTERPART_ANSWERED = (
        "people:counterpart_answered",
        "{actor} weighed for Legal what is on the records of {people}, and let each be decided by itself again",
    )
    INVOLVEMENT_OPENED = "people:involvement_opened", "{actor} added their team's involvement with {people}"
    INVOLVEMENT_CLOSED = "people:involvement_closed", "{actor} closed an involvement with {people}"
    PROFILE_ADDED = "people:profile_added", "{actor} added a profile of {people}"
    FAMILY_LINK_ADDED = "people:family_link_added", "{actor} recorded how {people} belong together"
    FAMILY_LINK_ENDED = "people:family_link_ended", "{actor} ended a family or household link of {people}"
    RECORDS_LINKED = "people:records_linked", "{actor} linked the records of {people} as one person"
    RECORDS_UNLINKED = "people:records_unlinked", "{actor} undid the link between the records of {people}"
    RECORDS_AGREE = "people:records_agree", "The records of {people} were found to agree in what tells people apart"
    RECORDS_TOLD_APART = "people:records_told_apart", "{actor} recorded that {people} are not the same person"
    RECORDS_COMPARED = "people:records_compared", "{actor} compared the records of {people}"
    NETWORK_OPENED = "people:network_opened", "{actor} looked at the network of {people}"
    COUNT_RESTARTED = "people:count_restarted", "{actor} set from when views of {people} count"
    CORPORATE_PROFILE_ADDED = "accounts:profile_added", "{actor} registered the corporate profile {record}"
    CORPORATE_PROFILE_CLOSED = "accounts:profile_closed", "{actor} closed the corporate profile {record}"
    CORPORATE_PROFILE_USER_ADDED = "accounts:user_added", "{actor} allowed a member of staff to use {record}"
    CORPORATE_PROFILE_USER_ENDED = "accounts:user_ended", "{actor} ended the use of {record} by a member of staff"

    # Agreement, notice, authorities
    CONSENT_RECORDED = "consent:recorded", "{actor} recorded what {people} said about a look"
    DISAGREEMENT_RECORDED = (
        "consent:disagreement_recorded",
        "A refusal was recorded because those who may consent for {people} disagree",
    )
    DISAGREEMENT_SETTLED = "consent:disagreement_settled", "{actor} settled a disagreement about consent for {people}"
    NOTICE_RECORDED = "notice:recorded", "{actor} recorded a notice given to {people}"
    OBJECTION_RECORDED = "notice:objection_recorded", "{actor} recorded an objection by {people}"
    ADVICE_RECORDED = "authority:advice_recorded", "{actor} recorded legal advice about {people}"
    APPLICATION_PREPARED = "authority:application_prepared", "{actor} prepared the application {record} naming {people}"
    APPLICATION_GRANTED = "authority:application_granted", "{actor} granted what {record} applied for"
    APPLICATION_REFUSED = "authority:application_refused", "{actor} refused what {record} applied for"
    APPLICATION_WITHDRAWN = "authority:application_withdrawn", "{actor} withdrew the application {record}"
    RIPA_GRANTED = "authority:ripa_granted", "{actor} granted a RIPA authorisation naming {people}"
    RIPA_APPROVAL_RECORDED = (
        "authority:ripa_approval_recorded",
        "{actor} recorded the decision of a justice of the peace on {record}",
    )
    RIPA_REVIEWED = "authority:ripa_reviewed", "{actor} reviewed {record}"
    RIPA_CANCELLED = "authority:ripa_cancelled", "{actor} cancelled {record}"
    NON_RIPA_GRANTED = "authority:non_ripa_granted", "{actor} granted a non-RIPA authorisation naming {people}"
    NON_RIPA_CANCELLED = "authority:non_ripa_cancelled", "{actor} cancelled {record}"
    AUTHORITY_OPENED = "authority:opened", "{actor} opened {record}"
    COURT_ORDER_REPORTED = (
        "authority:court_order_reported",
        "{actor} reported a court's order naming {people}, sealed copy to follow",
    )
    COURT_ORDER_RECORDED = "authority:court_order_recorded", "{actor} recorded a court's order naming {people}"
    COURT_ORDER_SEEN = "authority:court_order_seen", "{actor} recorded that the sealed copy of {record} was seen"
    COURT_ORDER_CORRECTED = (
        "authority:court_order_corrected",
        "{actor} recorded that the sealed copy of {record} says something else than was reported",
    )

    # Checks
    CHECK_OPENED = "check:opened", "{actor} opened {record}"
    CHECK_SUBMITTED = "check:submitted", "{actor} asked for a look at {people}"
    CHECK_DECIDED_AGAIN = "check:decided_again", "{actor} had {record} decided again"
    CHECK_APPROVED = "check:approved", "{actor} approved one look"
    CHECK_APPROVED_BY_TELEPHONE = (
        "check:approved_by_telephone",
        "{actor} recorded that a manager had approved one look by telephone",
    )
    TELEPHONE_APPROVAL_CONFIRMED = "check:telephone_approval_confirmed", "{actor} confirmed an approval by telephone"
    TELEPHONE_APPROVAL_DENIED = (
        "check:telephone_approval_denied",
        "{actor} said that they had not approved the look of {record} by telephone",
    )
    CHECK_DECLINED = "check:declined", "{actor} declined a look"
    CHECK_CLOSED = "check:closed", "{actor} closed {record}"
    CHECK_WITHDRAWN = "check:withdrawn", "{actor} withdrew {record}"
    LOOK_STARTED = "look:started", "{actor} started looking"
    LOOK_REPORTED = "look:reported", "{actor} reported what was seen of {people}"
    LOOK_NOT_USED = "look:not_used", "{actor} reported that nobody looked"
    NOT_USED_CONFIRMED = "look:not_used_confirmed", "{actor} confirmed that nobody looked"
    RESULT_CONFIRMED = "look:result_confirmed", "{actor} confirmed what came of a look at {people}"
    RESPONSE_REVIEWED = "look:response_reviewed", "{actor} reviewed an immediate response"
    OUTCOME_REPORTED = "check:outcome_reported", "{actor} recorded what a look meant for {people}"
    TELLING_RECORDED = "check:telling_recorded", "{actor} recorded what became of telling {people} of a look"
    LATE_ENTRY_RECORDED = "check:late_entry_recorded", "{actor} recorded a look at {people} that had already been made"
    LATE_ENTRY_SEEN = "check:late_entry_seen", "{actor} saw the late entry {record}"
    NOBODY_LEFT_SEEN = "check:nobody_left_seen", "{actor} saw that nobody is left who could report on {record}"
    QUESTION_ASKED = "check:question_asked", "{actor} asked a question about {record}"
    QUESTION_ANSWERED = "check:question_answered", "{actor} answered a question about {record}"
    SIGHTING_RECORDED = "look:sighting_recorded", "{actor} recorded something seen without a search about {people}"

    # Recorded in error
    CORRECTION_OPENED = "correction:opened", "{actor} opened a correction of {record}"
    CORRECTION_ASKED = "correction:asked", "{actor} asked that {record} be struck through as recorded in error"
    CORRECTION_CONFIRMED = "correction:confirmed", "{actor} answered that {record} was recorded in error"
    CORRECTION_DECLINED = "correction:declined", "{actor} answered that {record} stands as it was recorded"

    # Referrals and holds
    REFERRAL_OPENED = "referral:opened", "{record} was opened about {people}"
    REFERRAL_JOINED = "referral:joined", "{record} is about {people} too"
    REFERRAL_ENDORSED = "referral:endorsed", "{actor} sent {record} on to Legal"
    REFERRAL_READ = "referral:read", "{actor} opened {record}"
    REFERRAL_TAKEN = "referral:taken", "{actor} took {record}"
    REFERRAL_GIVEN_BACK = "referral:given_back", "{actor} gave {record} back"
    REFERRAL_RESOLVED = "referral:resolved", "{actor} answered {record}"
    HOLD_PLACED = "hold:placed", "A hold was placed on {people}"
    HOLD_RELEASED = "hold:released", "{actor} released a hold on {people}"

    # Detection
    PATTERN_FOUND = "pattern:found", "A pattern of viewing was found: {record}, about {people}"

    # Tasks
    TASK_RAISED = "task:raised", "The task {record} was raised"
    TASK_TAKEN_UP = "task:taken_up", "The task {record} was taken one level up"
    TASK_PASSED_ON = "task:passed_on", "The task {record} was passed on, since nobody was left for whom it waited"
    TASK_FINISHED = "task:finished", "{actor} finished the task {record}"
    TASK_ENDED = "task:ended", "The task {record} ended, since it is no longer so"
