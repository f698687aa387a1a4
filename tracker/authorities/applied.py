"""An application as its page shows it: where it stands in words, and its rows."""

from datetime import date

from sqlmodel import Session

from tracker.authorities.models import Application
from tracker.authorities.opening import OpenedAuthority
from tracker.authorities.selectors import platforms_of
from tracker.authorities.selectors.waiting import get_renewed
from tracker.authorities.vocabulary import APPLICATION_WORDS, ARTICLE_7A_WORDS, ApplicationKind, Article7a
from tracker.policy.vocabulary import Account, Platform
from tracker.staff.selectors import get_staff_by_id
from tracker.web.blocks import Status, SummaryRow
from tracker.web.dates import day_in_words, in_words
from tracker.web.words import listed, with_capital


def status_of_application(application: Application) -> Status:
    """Whether it waits, was granted, was refused or was withdrawn."""
    if application.withdrawn_at is not None:
        return Status("Withdrawn", f"Legal withdrew it on {in_words(application.withdrawn_at)}.", "grey")
    if application.refused_at is not None:
        return Status("Refused", f"The authorising officer refused it on {in_words(application.refused_at)}.", "red")
    if application.ripa_id is not None or application.non_ripa_id is not None:
        return Status("Granted", "The authorising officer granted it.", "green")
    return Status(
        "Waiting", f"It waits for the authorising officer since {in_words(application.recorded_at)}.", "yellow"
    )


def is_waiting(application: Application) -> bool:
    """Whether nobody has granted, refused or withdrawn it."""
    ended = (application.refused_at, application.withdrawn_at, application.ripa_id, application.non_ripa_id)
    return all(one is None for one in ended)


def rows_of_application(session: Session, application: Application, opened: OpenedAuthority) -> list[SummaryRow]:
    """The rows of an application, the officer's refusal or Legal's withdrawal among them."""
    kind = ApplicationKind(application.kind)
    by = get_staff_by_id(session, application.recorded_by).name
    return [
        SummaryRow("Applied for", with_capital(APPLICATION_WORDS[kind])),
        SummaryRow("Whom it would name", "\n".join(one.name or one.known_by or "" for one in opened.persons)),
        *(_offence(session, application) if kind is ApplicationKind.RIPA else _extent(application)),
        SummaryRow("Platforms", _platforms(application)),
        SummaryRow("What information is sought", application.sought),
        SummaryRow("Why it is necessary", application.necessary),
        SummaryRow("Why it is proportionate", application.proportionate),
        SummaryRow("Other people: collateral intrusion", application.collateral),
        SummaryRow("Confidential information likely", "Yes" if application.confidential_likely else "No"),
        SummaryRow("First review asked for", _day(application.next_review_on, "Not said: the council's default")),
        SummaryRow("Prepared by", f"{by} on {in_words(application.recorded_at)}"),
        *_refusal(session, application),
        *_withdrawal(session, application),
    ]


def _offence(session: Session, application: Application) -> list[SummaryRow]:
    renewed = get_renewed(session, application)
    accounts = [Account(one).label for one in application.accounts or ()]
    rows = [
        SummaryRow("URN", application.urn or ""),
        SummaryRow("Offence", application.offence or ""),
        SummaryRow("Maximum penalty", application.maximum_penalty or ""),
        SummaryRow("Article 7A", with_capital(ARTICLE_7A_WORDS[Article7a(application.article_7a or "")])),
        SummaryRow("Accounts", with_capital(listed(accounts)) if accounts else "Not limited"),
    ]
    return rows + ([SummaryRow("Renewal of", f"{renewed.urn} ({renewed.reference})")] if renewed else [])


def _extent(application: Application) -> list[SummaryRow]:
    return [
        SummaryRow("Looks asked for", str(application.max_views)),
        SummaryRow("Until the end of", _day(application.until_on, "")),
    ]


def _refusal(session: Session, application: Application) -> list[SummaryRow]:
    if application.refused_at is None or application.refused_by is None:
        return []
    officer = get_staff_by_id(session, application.refused_by).name
    return [
        SummaryRow("Refused by", f"{officer}, {application.refused_grade}, {in_words(application.refused_at)}"),
        SummaryRow("Why it was refused", application.refused_why or ""),
    ]


def _withdrawal(session: Session, application: Application) -> list[SummaryRow]:
    if application.withdrawn_at is None or application.withdrawn_by is None:
        return []
    by = get_staff_by_id(session, application.withdrawn_by).name
    return [
        SummaryRow("Withdrawn by", f"{by} on {in_words(application.withdrawn_at)}"),
        SummaryRow("Why it was withdrawn", application.withdrawn_why or ""),
    ]


def _platforms(application: Application) -> str:
    chosen = platforms_of(application.platforms)
    return "Not limited" if chosen is None else listed(one.label for one in Platform if one in chosen)


def _day(day: date | None, otherwise: str) -> str:
    return day_in_words(day) if day else otherwise
