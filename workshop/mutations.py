"""The small changes that `make mutants` makes: one node of a module's syntax tree replaced by another.

Changed: comparisons, `and`, `or`, `not`, conditions (each operand of a condition is also left out, each filter of a
comprehension too), numbers (but the first place of a list is not made the last), `True` and `False`, identifiers in
quotation marks, members of enumerations, members of sets, lists, tuples and tables, returned values, spans of time,
`any`, `all`, `min`, `max`, plus and minus, and single statements that raise or call. Left alone, because they decide
nothing: annotations, decorators, docstrings, imports, `__all__`, names of types, how a module is started, and sentences
(strings with a space or a capital, and what stands in an f-string outside its braces).
"""

from __future__ import annotations

import ast
import copy
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

IDENTIFIER = re.compile(r"[a-z0-9_]+")
SENTENCE = re.compile(r"[ A-Z]")
OTHER_COMPARISONS: dict[type[ast.cmpop], list[type[ast.cmpop]]] = {
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
}
OTHER_NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}
OTHER_SUMS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.Mult: ast.Add,
    ast.Mod: ast.Mult,
    ast.FloorDiv: ast.Mult,
}


@dataclass(frozen=True)
class Mutation:
    """One changed module. `key` names the change without line numbers, so that it outlives edits around it."""

    key: str
    line: int
    source: str


@dataclass(frozen=True)
class Place:
    """Where a node hangs: a field of its parent, or a place in a list there."""

    parent: ast.AST
    field: str
    index: int | None
    within: str

    def put(self, node: ast.AST | None) -> None:
        """Hang another node there; None takes a node out of its list, and leaves it out of a single field."""
        if self.index is None:
            setattr(self.parent, self.field, node)
            return
        siblings = list(getattr(self.parent, self.field))
        siblings[self.index : self.index + 1] = [] if node is None else [node]
        setattr(self.parent, self.field, siblings)


def mutations_of(source: str, module: str) -> Iterator[Mutation]:
    """Every mutation of a module's source, in the order of the source."""
    tree = ast.parse(source)
    enums = enumerations(tree)
    times: Counter[str] = Counter()
    for node, place in list(walk(tree)):
        for changed in changes(node, place, enums):
            key = f"{module} {place.within}: {shown(node)} → {shown(changed)}"
            times[key] += 1
            number = f" ({times[key]})" if times[key] > 1 else ""
            yield Mutation(key + number, getattr(node, "lineno", 0), changed_source(tree, place, changed))


def changed_source(tree: ast.Module, place: Place, changed: ast.AST | None) -> str:
    """The module's source with one node changed; the tree is left as it was."""
    before = getattr(place.parent, place.field)
    place.put(changed)
    text = ast.unparse(ast.fix_missing_locations(tree))
    setattr(place.parent, place.field, before)
    return text


def shown(node: ast.AST | None) -> str:
    """A node in one short line."""
    if node is None:
        return "nothing"
    text = " ".join(ast.unparse(node).split())
    return text.replace("|", "/").replace("`", "'")[:90]


def enumerations(tree: ast.Module) -> dict[str, list[str]]:
    """The names used as `Name.MEMBER` in this module, and their members that it uses: what can be taken for another."""
    members: dict[str, list[str]] = defaultdict(list)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and is_member(node):
            members[node.value.id].append(node.attr)
    return {name: list(dict.fromkeys(used)) for name, used in members.items()}


def is_member(node: ast.Attribute) -> bool:
    """Written like a member of an enumeration."""
    return isinstance(node.value, ast.Name) and node.value.id[:1].isupper() and node.attr.isupper()


def walk(tree: ast.AST, within: str = "module") -> Iterator[tuple[ast.AST, Place]]:
    """Every node that may be changed, with its place."""
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns", "decorator_list", "type_params", "ctx"}:
            continue
        for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(node, ast.AST) or left_alone(node):
                continue
            inside = f"{within}.{node.name}".removeprefix("module.") if isinstance(node, NAMED) else within
            yield node, Place(tree, name, index, inside)
            yield from walk(node, inside)


NAMED = (ast.FunctionDef, ast.ClassDef)


def left_alone(node: ast.AST) -> bool:
    """What decides nothing."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id == "__all__" or is_alias_of_type(node.value)
    if isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'":
        return True
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def is_alias_of_type(node: ast.AST) -> bool:
    """`Reader = Callable[[Any], T]`, `T = TypeVar("T")`: annotations with a name."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "TypeVar"
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id[:1].isupper()


def changes(node: ast.AST, place: Place, enums: dict[str, list[str]]) -> Iterator[ast.AST | None]:
    """What a node may be changed into."""
    match node:
        case ast.Compare():
            yield from _comparisons(node)
        case ast.BoolOp():
            yield from _conditions(node)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.Constant():
            yield from _constants(node, place)
        case ast.Attribute() if is_member(node) and isinstance(node.value, ast.Name):
            yield from _members(node, enums[node.value.id])
        case ast.Name(id=name) if name in OTHER_NAMES:
            yield ast.Name(OTHER_NAMES[name], ast.Load())
        case ast.BinOp() if type(node.op) in OTHER_SUMS:
            yield ast.BinOp(node.left, OTHER_SUMS[type(node.op)](), node.right)
        case ast.Set() | ast.List() | ast.Tuple():
            yield from _collections(node)
        case ast.Dict() if len(node.keys) > 1:
            yield from _tables(node)
        case ast.Call():
            yield from _calls(node)
        case ast.Return(value=ast.expr() as value):
            yield from _returns(value)
        case ast.Raise():
            yield ast.Pass()
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()
    yield from _tests(node)


def _comparisons(node: ast.Compare) -> Iterator[ast.AST]:
    for index, op in enumerate(node.ops):
        for other in OTHER_COMPARISONS[type(op)]:
            changed = copy.copy(node)
            changed.ops = [*node.ops[:index], other(), *node.ops[index + 1 :]]
            yield changed


def _conditions(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    for index in range(len(node.values)):
        rest = node.values[:index] + node.values[index + 1 :]
        yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _constants(node: ast.Constant, place: Place) -> Iterator[ast.AST]:
    if isinstance(place.parent, ast.JoinedStr | ast.FormattedValue):
        return
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
        if not (isinstance(place.parent, ast.Subscript) and node.value == 0):
            yield ast.Constant(node.value - 1)
    elif isinstance(node.value, str) and IDENTIFIER.fullmatch(node.value):
        yield ast.Constant(node.value + "_")


def _members(node: ast.Attribute, members: list[str]) -> Iterator[ast.AST]:
    others = [member for member in members if member != node.attr]
    if others:
        following = (members.index(node.attr) + 1) % len(members)
        yield ast.Attribute(node.value, members[following], ast.Load())


def _collections(node: ast.Set | ast.List | ast.Tuple) -> Iterator[ast.AST]:
    if isinstance(getattr(node, "ctx", None), ast.Store) or all(is_sentence(each) for each in node.elts):
        return
    if len(node.elts) < 2:
        return
    for index, element in enumerate(node.elts):
        if not is_sentence(element):
            changed = copy.copy(node)
            changed.elts = node.elts[:index] + node.elts[index + 1 :]
            yield changed


def is_sentence(node: ast.AST) -> bool:
    """Words for people rather than for the program."""
    if isinstance(node, ast.JoinedStr):
        return True
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(SENTENCE.search(node.value))


def _tables(node: ast.Dict) -> Iterator[ast.AST]:
    for index in range(len(node.keys)):
        keys, values = list(node.keys), list(node.values)
        del keys[index], values[index]
        yield ast.Dict(keys, values)


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    if not (isinstance(node.func, ast.Name) and node.func.id == "timedelta"):
        return
    for index, keyword in enumerate(node.keywords):
        if not isinstance(keyword.value, ast.Constant):
            for step in (ast.Add(), ast.Sub()):
                longer = ast.keyword(keyword.arg, ast.BinOp(keyword.value, step, ast.Constant(1)))
                yield ast.Call(node.func, node.args, [*node.keywords[:index], longer, *node.keywords[index + 1 :]])


def _returns(value: ast.expr) -> Iterator[ast.AST]:
    if isinstance(value, ast.Constant) and (value.value is None or isinstance(value.value, bool | int | str)):
        return
    if isinstance(value, ast.Compare | ast.BoolOp | ast.UnaryOp):
        yield ast.Return(ast.Constant(True))
        yield ast.Return(ast.Constant(False))
    elif not is_sentence(value):
        yield ast.Return(ast.Constant(None))


def _tests(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        for always in (True, False):
            if not (always and isinstance(node, ast.While)):
                changed = copy.copy(node)
                changed.test = ast.Constant(always)
                yield changed
    if isinstance(node, ast.comprehension) and node.ifs:
        for index in range(len(node.ifs)):
            yield ast.comprehension(node.target, node.iter, node.ifs[:index] + node.ifs[index + 1 :], node.is_async)
