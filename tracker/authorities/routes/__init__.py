"""Pages of authorities: applied for, recorded, seen and read. What the authorising officer answers is in `review`."""

from tracker.authorities.routes import applications, orders, shown
from tracker.authorities.routes.blueprint import pages

__all__ = ["applications", "orders", "pages", "shown"]
