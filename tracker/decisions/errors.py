"""What stops a decision before it is taken."""


class ClockBehindError(Exception):
    """This server's clock is minutes behind what has already been recorded about these people: nothing was decided."""
