"""What a worker of the journeys answers where the journey is about something else."""

from tests.fixtures.hand import Answers, Hand
from tracker.people.models import Person

WHY: Answers = {
    "What is it for?": "An assessment",
    "What exactly do you need to find out?": "Whether the account given of last week holds.",
    "Why is it needed now, and about this person?": "The assessment is due on Friday.",
    "Why not by agreement?": "They cannot be found",
    "Say more about that": "No answer to three letters.",
    "What else was tried, or why would nothing less do?": "Two visits and a call to the school.",
    "Might the person lack capacity": "No",
}
LOOK: Answers = {
    "What kind of look?": "Look at a known profile",
    "Which platforms?": ["Facebook"],
    "Who looks, and how?": "A member of staff looks, without any contact",
    "With which account?": "Logged out, in an ordinary browser",
    "What is known of the page's privacy settings?": "Open to anybody",
    "Would it build a picture of somebody's life?": "No",
    "Would it show a pattern of how somebody lives?": "No",
    "Is it part of looking more than once?": "No",
    "Would facts about other people be recorded?": "No",
    "Would it be put together with other sources?": "No",
    "Is confidential material likely?": "No",
    "Is content suspected": "No",
}
FIND_AND_LOOK: Answers = {
    **LOOK,
    "What kind of look?": "Find the profile and, only if it is open, look once",
    "What is known of the page's privacy settings?": "Not known",
}
WHY_IT_WAS: Answers = {
    "What was it for?": "An assessment",
    "What exactly did you need to find out?": "Whether the account given of last week holds.",
    "Why was it needed then, and about this person?": "The assessment is due on Friday.",
    "Why was it not done by agreement?": "They could not be found",
    "Say more about that": "No answer to three letters.",
    "What else had been tried, or why would nothing less have done?": "Two visits and a call to the school.",
    "Might the person have lacked capacity": "No",
}
HOW_IT_WAS: Answers = {
    "What kind of look was it?": "Look at a known profile",
    "Which platforms were looked at?": ["Facebook"],
    "How was it done?": "A member of staff looks, without any contact",
    "Which account was used?": "Logged out, in an ordinary browser",
    "What was known of the page's privacy settings": "Open to anybody",
    "Did it build a picture of somebody's life?": "No",
    "Did it show a pattern of how somebody lives?": "No",
    "Was it part of looking more than once?": "No",
    "Were facts about other people recorded?": "No",
    "Was it put together with other sources?": "No",
    "Was confidential material likely?": "No",
    "Was content suspected": "No",
}
SEEN: Answers = {
    "What were the privacy settings, as you found them?": "Open to anybody",
    "What were you looking for?": "Whether the account of last week holds.",
    "Did you find it?": "No",
    "How did you know that it was the right person?": "The picture and the town.",
}
MEANT: Answers = {
    "What does it mean for the case?": "Nothing new.",
    "Was the person told of the look?": "They already know: article 14(5)(a)",
    "Was what was found shared with them, so that they could answer?": "No",
    "Why was it not shared?": "There was nothing to share.",
}


def ask(hand: Hand, person: Person, why: Answers = WHY, look: Answers = LOOK) -> Hand:
    """From the person's page to the decision."""
    hand.open(f"/people/{person.reference}").press("Record a check").press("Start")
    hand.answer(why).press("Continue").answer(look).press("Continue")
    return hand.press("Continue").press("Ask for a decision")
