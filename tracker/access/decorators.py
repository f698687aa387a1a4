"""Each route declares who may come in; a route that declares nothing is refused to everybody."""

from collections.abc import Callable
from typing import Any, TypeVar

from tracker.access.permissions import Permission

View = TypeVar("View", bound=Callable[..., Any])
DECLARED = "__access__"


class Access:
    """What a route declares: open to anybody (`permission` None and `public`), or to those with a permission.

    `forms` are the form classes that its POST reads: the tests of bad input are generated from them. `largest_post`: bytes, for a
    route that takes a file; 0 for all others.
    """

    def __init__(
        self,
        permission: Permission | None,
        *,
        public: bool = False,
        forms: tuple[type, ...] = (),
        largest_post: int = 0,
    ) -> None:
        self.permission = permission
        self.public = public
        self.forms = forms
        self.largest_post = largest_post


def requires(permission: Permission, *, forms: tuple[type, ...] = (), largest_post: int = 0) -> Callable[[View], View]:
    """The route is for signed-in staff who have `permission`; the service checks it again."""
    return _declare(Access(permission, forms=forms, largest_post=largest_post))


def public(*, forms: tuple[type, ...] = ()) -> Callable[[View], View]:
    """The route is for anybody: sign-in, health, the pages in the foot, assets."""
    return _declare(Access(None, public=True, forms=forms))


def declared_access(view: Callable[..., Any] | None) -> Access | None:
    """What the view function declares, or None: then nobody may come in."""
    return getattr(view, DECLARED, None)


def _declare(access: Access) -> Callable[[View], View]:
    def _mark(view: View) -> View:
        setattr(view, DECLARED, access)
        return view

    return _mark
