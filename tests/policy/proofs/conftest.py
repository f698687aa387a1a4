"""What every proof may ask for. `make mutants` runs the policy's tests without the rest of the house, so it stands here too."""

from .account import tried

__all__ = ["tried"]
