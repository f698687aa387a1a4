"""A service's request made of plain words: each word becomes what the request itself declares for that field.

So the simulator knows the product's requests and none of the rules' vocabulary: it says "assessment" as a worker would.
"""

import types
from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def request(kind: type[T], /, **words: Any) -> T:
    """A request of that kind. Raises `ValueError` for a word that the field does not know, `KeyError` for an unknown field."""
    return kind(**meant(kind, **words))


def meant(of: Callable[..., Any], /, **words: Any) -> dict[str, Any]:
    """The words as what a request or a service declares for each of them."""
    declared = get_type_hints(of)
    return {name: _as(declared[name], value) for name, value in words.items()}


def _as(declared: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(declared) in (Union, types.UnionType):
        return _as(next(one for one in get_args(declared) if one is not types.NoneType), value)
    if isinstance(declared, type) and issubclass(declared, Enum):
        return declared(value)
    if isinstance(value, tuple | frozenset) and get_args(declared):
        return type(value)(_as(get_args(declared)[0], one) for one in value)
    return value
