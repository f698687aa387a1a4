"""Legal settles on a page that those who may consent disagree; nobody else finds the button."""

from tests.fixtures.council import ONE_DATABASE
from tests.fixtures.rehearsal import Rehearsal
from tests.fixtures.visitor import Page

pytestmark = ONE_DATABASE

WHY = "The court gave the mother sole responsibility on 3 November."


def test_legal_settles_a_disagreement_from_the_page_of_the_refusal(rehearsal: Rehearsal) -> None:
    rehearsal.restore()
    address = f"/consents/{rehearsal.records['disagreement']}"
    queue = rehearsal.get("legal", "/referrals")
    assert "Child Of Two" in queue.text
    assert queue.html.one("a", href=address)
    assert "Settle it" in rehearsal.get("legal", address).text
    assert "Settle it" not in rehearsal.get("worker", address).text
    form = rehearsal.get("legal", f"{address}/settle").form("Settle it")
    empty = rehearsal.send("legal", f"{address}/settle", {**form.values, "why": [""]})
    assert empty.errors == ["Enter how it was settled, and why"]
    settled = rehearsal.post("legal", f"{address}/settle", {**form.values, "why": [WHY]})
    assert Page(settled).location.endswith(address)
    page = rehearsal.get("worker", address)
    assert "Legal settled this" in page.text
    assert WHY in page.text
    assert rehearsal.get("legal", f"{address}/settle").status == 404
    assert "No disagreement about consent waits for Legal." in rehearsal.get("legal", "/referrals").text
    rehearsal.restore()
