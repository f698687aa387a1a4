"""Questions that are answered by choosing: one answer (radios, or a list), several (checkboxes), yes or no."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Generic, TypeVar

from wtforms import SelectChoice  # type: ignore[import-untyped]

from tracker.web.fields.base import GroupField, OwnField, Refusal

Answer = TypeVar("Answer")
Member = TypeVar("Member", bound=StrEnum)
Chosen = TypeVar("Chosen")


class Options(Generic[Answer]):
    """The answers offered, in order: what is posted for each, what it means, and its words."""

    def __init__(self, offered: Iterable[tuple[Answer, SelectChoice]]) -> None:
        pairs = list(offered)
        self.choices = [choice for _, choice in pairs]
        self.meaning = {choice.value: answer for answer, choice in pairs}

    def words(self, answer: object) -> str:
        """The words of an answer; "" when it is not offered."""
        posted = self.posted(answer)
        return next((str(choice.label) for choice in self.choices if choice.value == posted), "")

    def posted(self, answer: object) -> str:
        """What is posted for an answer; "" when it is not offered."""
        return next((value for value, meant in self.meaning.items() if meant == answer), "")

    def items(self, chosen: Sequence[str]) -> list[dict[str, Any]]:
        """The component's items, those in `chosen` ticked."""
        return [self._item(choice, choice.value in chosen) for choice in self.choices]

    @staticmethod
    def _item(choice: SelectChoice, checked: bool) -> dict[str, Any]:
        item = {"value": choice.value, "text": choice.label, "checked": checked}
        hint = choice.render_kw.get("hint")
        return {**item, "hint": {"text": hint}} if hint else item


def revealing(items: list[dict[str, Any]], reveals: Mapping[str, str]) -> list[dict[str, Any]]:
    """The items with the further question (already rendered) that an answer opens, by the answer's posted value.

    Raises `KeyError` for a value that is not offered: a further question that nobody would ever see.
    """
    unknown = reveals.keys() - {item.get("value") for item in items}
    if unknown:
        raise KeyError(f"no answer opens {', '.join(sorted(unknown))}")
    html = {value: {"conditional": {"html": question}} for value, question in reveals.items()}
    return [{**item, **html.get(item.get("value", ""), {})} for item in items]


def of_members(members: Iterable[Member], labels: Mapping[Member, str], hints: Mapping[Member, str]) -> Options[Member]:
    """The members of an enumeration in their order, with their words. Every member offered needs its words."""
    return Options(
        (member, SelectChoice(member.value, labels[member], {"hint": hints.get(member, "")})) for member in members
    )


def of_words(offered: Iterable[tuple[str, str] | tuple[str, str, str]]) -> Options[str]:
    """Answers made at run time: what is posted, its words, and maybe a hint."""
    return Options((one[0], SelectChoice(one[0], one[1], {"hint": "".join(one[2:])})) for one in offered)


class OneOf(GroupField[Answer]):
    """One answer of those offered. With `listed`, a drop-down list: only where there are very many."""

    options: Options[Answer]

    def __init__(self, label: str = "", *, listed: bool = False, inline: bool = False, **rest: Any) -> None:
        super().__init__(label, **rest)
        self.listed = listed
        self.inline = inline
        self.kind = "select" if listed else "radios"

    @property
    def is_shown(self) -> bool:
        """Radios to which nothing is offered have no input; a list always has one."""
        return self.listed or bool(self.options.choices)

    def read(self) -> Answer | None:
        """The answer. Raises `Refusal` when what was posted is not offered."""
        value = self.one()
        if not value:
            return None
        if value not in self.options.meaning:
            raise Refusal(f"{self.subject}: choose one of the answers shown")
        return self.options.meaning[value]

    def write(self, data: Answer | None) -> dict[str, list[str]]:
        """The value of the answer's radio."""
        value = "" if data is None else self.options.posted(data)
        return {"": [value] if value else []}

    def words(self, data: Answer | None) -> str:
        """The answer's words."""
        return self.options.words(data)

    def label_params(self, size: str, heading: bool) -> dict[str, Any]:
        """A list has a label, radios have a legend."""
        return OwnField.label_params(self, size, heading) if self.listed else super().label_params(size, heading)

    def params(self, size: str = "", heading: bool = False) -> dict[str, Any]:
        """Adds the answers, none of them chosen for the person."""
        items = self.options.items(self.typed.get("") or [])
        if self.listed:
            choose = [{"value": "", "text": "Choose one"}]
            items = choose + [{**item, "selected": item["checked"]} for item in items]
        return {**super().params(size, heading), "items": items}


class SomeOf(GroupField[tuple[Answer, ...]]):
    """Any number of those offered, in the order offered. `alone` is the answer that goes with no other ("None of these")."""

    kind = "checkboxes"
    data: tuple[Answer, ...]
    options: Options[Answer]
    alone: Answer | None = None

    @property
    def is_shown(self) -> bool:
        """Checkboxes to which nothing is offered have no input."""
        return bool(self.options.choices)

    def empty(self) -> tuple[Answer, ...]:
        """None chosen."""
        return ()

    def answers(self) -> Iterable[object]:
        """Each one chosen."""
        return self.data or ()

    def read(self) -> tuple[Answer, ...]:
        """The answers. Raises `Refusal` when one is not offered, or `alone` is not alone."""
        values = set(self.typed.get("") or []) - {""}
        if not values <= self.options.meaning.keys():
            raise Refusal(f"{self.subject}: choose only answers that are shown")
        chosen = tuple(answer for value, answer in self.options.meaning.items() if value in values)
        if self.alone is not None and self.alone in chosen and len(chosen) > 1:
            raise Refusal(f"{self.subject}: choose other answers or “{self.options.words(self.alone)}”, not both")
        return chosen

    def write(self, data: tuple[Answer, ...] | None) -> dict[str, list[str]]:
        """The values of the answers' checkboxes."""
        return {"": [value for value in map(self.options.posted, data or ()) if value]}

    def words(self, data: tuple[Answer, ...] | None) -> str:
        """The answers' words, one a line."""
        return "\n".join(map(self.options.words, data or ()))

    def params(self, size: str = "", heading: bool = False) -> dict[str, Any]:
        """Adds the answers; the one that stands alone comes last, after an "or"."""
        items = self.options.items(self.typed.get("") or [])
        if self.alone is not None:
            alone = self.options.posted(self.alone)
            last = [{**item, "behaviour": "exclusive"} for item in items if item["value"] == alone]
            items = [*(item for item in items if item["value"] != alone), {"divider": "or"}, *last]
        return {**super().params(size, heading), "items": items}


class ChoiceField(OneOf[Member]):
    """One member of an enumeration.

    Args:
        members: the enumeration, or those of its members that are offered.
        labels: the words of each member.
        hints: a line under a member's words.
    """

    def __init__(
        self,
        label: str,
        members: Iterable[Member],
        labels: Mapping[Member, str],
        *,
        hints: Mapping[Member, str] | None = None,
        **rest: Any,
    ) -> None:
        super().__init__(label, **rest)
        self.labels, self.hints = labels, hints or {}
        self.options = of_members(members, self.labels, self.hints)

    def offer(self, members: Iterable[Member]) -> None:
        """Offer only these members from now on, and read again what was posted."""
        self.options = of_members(members, self.labels, self.hints)
        _offered_again(self)


class ChoicesField(SomeOf[Member]):
    """Any number of an enumeration's members. Arguments as for `ChoiceField`; `alone` as for `SomeOf`."""

    def __init__(
        self,
        label: str,
        members: Iterable[Member],
        labels: Mapping[Member, str],
        *,
        hints: Mapping[Member, str] | None = None,
        alone: Member | None = None,
        **rest: Any,
    ) -> None:
        super().__init__(label, **rest)
        self.labels, self.hints, self.alone = labels, hints or {}, alone
        self.options = of_members(members, self.labels, self.hints)

    def offer(self, members: Iterable[Member]) -> None:
        """Offer only these members from now on, and read again what was posted."""
        self.options = of_members(members, self.labels, self.hints)
        _offered_again(self)


class OfferedChoiceField(OneOf[str]):
    """One of the answers that the route offers: `form.account.offer([(reference, words), …])`."""

    def __init__(self, label: str, **rest: Any) -> None:
        super().__init__(label, **rest)
        self.options = of_words(())

    def offer(self, answers: Iterable[tuple[str, str] | tuple[str, str, str]]) -> None:
        """Offer these answers (what is posted, its words, maybe a hint), and read again what was posted."""
        self.options = of_words(answers)
        _offered_again(self)


class OfferedChoicesField(SomeOf[str]):
    """Any number of the answers that the route offers; see `OfferedChoiceField`."""

    def __init__(self, label: str, *, alone: str | None = None, **rest: Any) -> None:
        super().__init__(label, **rest)
        self.options, self.alone = of_words(()), alone

    def offer(self, answers: Iterable[tuple[str, str] | tuple[str, str, str]]) -> None:
        """Offer these answers (what is posted, its words, maybe a hint), and read again what was posted."""
        self.options = of_words(answers)
        _offered_again(self)


class YesNoField(OneOf[bool]):
    """Yes or no, none chosen by default; `data` is True, False or None. `yes` and `no` are hints under the answers."""

    def __init__(self, label: str, *, yes: str = "", no: str = "", **rest: Any) -> None:
        super().__init__(label, **{"inline": not (yes or no), **rest})
        words = ((True, SelectChoice("yes", "Yes", {"hint": yes})), (False, SelectChoice("no", "No", {"hint": no})))
        self.options = Options(words)


def _offered_again(field: OwnField[Any]) -> None:
    if field.was_posted:
        field.take_typed()
    else:
        field.typed = field.write(field.data)
