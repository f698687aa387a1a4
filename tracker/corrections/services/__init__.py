"""The use-cases of a correction: asked for by one, confirmed or declined by another, each with its reason in the trail.

`by` is the signed-in member of staff, `now` an aware UTC instant. All raise `NotAllowedError` where the actor may not, and the
errors of `errors.py` where the record or the correction has moved on; then nothing has changed.
"""

from tracker.corrections.services.answering import confirm_correction, decline_correction
from tracker.corrections.services.asking import ask_for_correction
from tracker.corrections.services.links import unlink_records

__all__ = ["ask_for_correction", "confirm_correction", "decline_correction", "unlink_records"]
