"""The shape of what is typed about authorities."""

from tracker.authorities.forms.applications import ApplicationForm, NonRipaApplicationForm, WithdrawForm
from tracker.authorities.forms.hearings import HearingForm
from tracker.authorities.forms.orders import OrderForm, SeenForm

__all__ = ["ApplicationForm", "HearingForm", "NonRipaApplicationForm", "OrderForm", "SeenForm", "WithdrawForm"]
