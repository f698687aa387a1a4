"""The pages in every foot, the files that pages load, and the pages on which an administrator writes the council's own words."""

from tracker.site.routes import writing
from tracker.site.routes.pages import BUILT, asset_url, blueprint

__all__ = ["BUILT", "asset_url", "blueprint", "writing"]
