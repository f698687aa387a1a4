"""What the page of a person says of looking holds whether or not Legal alone knows of another side, and tells nobody which it is."""

from datetime import timedelta

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.visitor import ClientFor
from tests.review.sealing import sealed, two_sides
from tracker.people.models import Person
from tracker.policy.vocabulary import Outcome

pytestmark = ONE_DATABASE


def test_the_page_of_who_has_a_counterpart_says_what_the_page_of_who_has_none_says(
    casework: Casework, client_for: ClientFor
) -> None:
    """One asks Legal when a check is asked for, the other may go ahead: the pages promise neither."""
    old, new, _ = two_sides(casework)
    alone = sealed(casework, casework.person("Alone"), casework.worker)
    casework.ask(old, by=casework.worker2, now=START - timedelta(hours=1))
    worker = client_for(casework.council.worker)

    def said(person: Person) -> list[str]:
        page = worker.get(f"/people/{person.reference}").main
        named = (person.reference, str(person.name))
        texts = [one.text for one in page.all("p") + page.all("dd")]
        return [text.replace(named[0], "REF").replace(named[1], "NAME") for text in texts]

    of_new = said(new)
    assert of_new == said(alone)
    assert any(one.startswith("Worked out from what is recorded here") and "you may go ahead" in one for one in of_new)
    assert (
        "This is no decision. What a check comes to is decided when it is asked for, on everything that is known then."
        in of_new
    )
    assert casework.outcome(casework.ask(new)) is Outcome.BLOCKED_LEGAL_ADVICE
    assert casework.outcome(casework.ask(alone)) is Outcome.PERMITTED
