"""The team to which a person's work is moved. Closing asks nothing more than the forms of the staff room."""

from tracker.people.requests import MovedInvolvement
from tracker.web.fields import OfferedChoiceField
from tracker.web.forms import VersionedForm


class MoveWorkForm(VersionedForm):
    """To which team a team's work with somebody moves, from today. The route offers the others."""

    team = OfferedChoiceField("Which team works with them from today?", listed=True, required="Select the team")

    def request(self, person: str, involvement: str) -> MovedInvolvement:
        """What is to be moved; after the form was found valid."""
        return MovedInvolvement(
            person=person, involvement=involvement, version=self.version.value, team=self.team.value
        )
