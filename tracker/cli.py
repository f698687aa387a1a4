"""The commands of `tracker`. Each imports what it needs inside its own body, so that `decide` needs next to nothing.

`decide` needs no database, secret or settings, and imports neither Flask nor SQLAlchemy.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

import click

from tracker.command_line import WRONG_USE, stop

if TYPE_CHECKING:
    from tracker.policy.limits import Limits

CANNOT_WRITE = 1


ELSEWHERE = {
    "audit": "tracker.checks.commands:audit",
    "demo": "tracker.commands:demo",
    "import": "tracker.imports.commands:import_",
    "init": "tracker.commands:init",
    "jobs": "tracker.job_commands:jobs",
    "policy": "tracker.rulebook.commands:policy",
    "run": "tracker.commands:run",
    "scheduler": "tracker.commands:scheduler",
    "serve": "tracker.commands:serve",
    "staff": "tracker.staff.commands:staff",
}
"""Commands that live in other modules, imported only when they are asked for."""


class Commands(click.Group):
    """The commands of this module and those of `ELSEWHERE`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, by name."""
        return sorted({*super().list_commands(ctx), *ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        module, _, name = ELSEWHERE[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        return command if isinstance(command, click.Command) else None


@click.group(cls=Commands)
def main() -> None:
    """Decides, before anybody looks, whether a look at somebody's social media may go ahead, and counts every look."""
    gc.set_threshold(20_000, 20, 20)  # what is loaded stays loaded: to look through it for garbage takes a fifth longer


@main.command()
@click.argument("file")
@click.option("--lines", is_flag=True, help="Read one JSON object a line, and answer each on a line of its own.")
@click.option("--limits", "limits_file", metavar="FILE", help="Use the limits in this TOML file, not those shipped.")
def decide(file: str, lines: bool, limits_file: str | None) -> None:
    """Decide on the facts in FILE (JSON; `-` is standard input) and print the decision as JSON.

    With --lines each line is answered in order; one that cannot be read, a blank one too, is answered {"error": ...}
    and the rest go on.

    Exit status: 0, decided. 2, the facts or the limits (with --lines: some line) cannot be read; one line on standard
    error says which field. 1, the answer cannot be written.
    """
    limits, version = limits_in_force(limits_file)
    with opened(file) as source, careful_writing():
        if lines:
            answer_lines(source, limits, version)
        else:
            answer_one(source, limits, version)


def answer_one(source: BinaryIO, limits: Limits, version: str) -> None:
    from tracker.policy.answers import answer
    from tracker.policy.facts import FactsError

    try:
        text = answer(read_all(source), limits, limits_version=version, indent=2)
    except FactsError as error:
        stop(str(error), WRONG_USE)
    write_line(text)


def answer_lines(source: BinaryIO, limits: Limits, version: str) -> None:
    from tracker.policy.answers import answers

    unread = total = 0
    for reply in answers(read_lines(source), limits, limits_version=version):
        write_line(reply.text)
        total += 1
        unread += not reply.was_read
    if unread:
        stop(f"{unread} of {total} lines could not be read", WRONG_USE)


def limits_in_force(limits_file: str | None) -> tuple[Limits, str]:
    """The limits of a TOML file, or those shipped, and the name that a decision gives to them."""
    from tracker.policy.limits import SHIPPED, LimitsError, fingerprint, read_limits

    if limits_file is None:
        return SHIPPED, "shipped"
    try:
        limits = read_limits(read_toml(limits_file))
    except LimitsError as error:
        stop(f"limits: {error}", WRONG_USE)
    return limits, f"file:{fingerprint(limits)}"


def read_toml(file: str) -> dict[str, object]:
    import tomllib

    with opened(file) as source:
        data = read_all(source)
    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        stop("limits: this is not UTF-8 text", WRONG_USE)
    except tomllib.TOMLDecodeError as error:
        stop(f"limits: this is not TOML ({error})", WRONG_USE)
    except RecursionError:
        stop("limits: the TOML is nested too deeply", WRONG_USE)
    except ValueError:  # an integer of thousands of digits
        stop("limits: a number is too long to read", WRONG_USE)


@contextmanager
def opened(file: str) -> Iterator[BinaryIO]:
    """A file, or standard input for `-`, to read bytes from."""
    if file == "-":
        if sys.stdin is None:
            stop("standard input is closed", WRONG_USE)
        yield sys.stdin.buffer
        return
    try:
        source = open(file, "rb")  # noqa: PTH123, SIM115  a path may hold what pathlib refuses; closed below
    except (OSError, ValueError) as error:
        stop(f"{file!r} cannot be opened: {why(error)}", WRONG_USE)
    with source:
        yield source


def read_all(source: BinaryIO) -> bytes:
    try:
        return source.read()
    except OSError as error:
        stop(f"reading failed: {why(error)}", WRONG_USE)


def read_lines(source: BinaryIO) -> Iterator[bytes]:
    try:
        yield from source
    except OSError as error:
        stop(f"reading failed: {why(error)}", WRONG_USE)


def write_line(text: str) -> None:
    """Write one line in UTF-8, whatever the locale, and send it off at once: whoever pipes lines in waits for it."""
    sys.stdout.buffer.write(text.encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


@contextmanager
def careful_writing() -> Iterator[None]:
    """Leave without a traceback where the answers can no longer be written; quietly, where nobody reads them any more."""
    if sys.stdout is None:
        stop("standard output is closed", CANNOT_WRITE)
    try:
        yield
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            sys.exit(CANNOT_WRITE)
        stop(f"the answer cannot be written: {why(error)}", CANNOT_WRITE)


def why(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


if __name__ == "__main__":
    main()
