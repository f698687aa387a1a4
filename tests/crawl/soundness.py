"""What is wrong with one page, whatever page it is: one sentence a fault."""

import re
from itertools import pairwise
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.fixtures.screen import OF_ONE_PAGE, OVERFLOWING, SMALL_PX, WCAG

TITLE = re.compile("(Error: )?[A-Z0-9].*[^.?!: ] \N{EN DASH} Social media checks \N{EN DASH} Northshire Council")
LEFTOVER = re.compile(
    r"\{\{|\{%|%\}|\}\}|\b(undefined|Undefined|null|NaN|Traceback)\b|<\w+ object|[a-z0-9,] None\b(?! (of|was|is|recorded|on record)\b)"
)
TWICE = re.compile(r"\b([a-z]+) \1\b", re.IGNORECASE)
NAME = re.compile(r"\bZz\w+")
NO_WAY_BACK = frozenset({"overview.home", "staff.sign_in_page", "a first password"})
"""Where there is nothing to go back to: home, the door, and just inside it."""

AVOIDED = (
    " permitted",
    "warrant",
    "approved by the system",
    "surveillance target",
    "ratified",
    "is safe",
    "unlawful look",
)
"""Words that no screen says: domain.md, section 9."""

READ = """() => {
  const main = document.querySelector('main')
  const level = h => Number(h.tagName[1])
  const seen = e => e.checkVisibility()
  const words = e => (e.innerText || e.getAttribute('aria-label') || '').trim()
  const links = [...document.querySelectorAll('a')]
  const back = [...document.querySelectorAll('.govuk-back-link, main a[href="/"]')]
  return {
    title: document.title,
    text: document.body.innerText,
    h1: [...document.querySelectorAll('h1')].map(words),
    levels: [...document.querySelectorAll('main h1, main h2, main h3, main h4')].filter(seen).map(level),
    nowhere: links.filter(a => ['', '#', null].includes(a.getAttribute('href'))).map(a => a.outerHTML),
    wordless: links.filter(a => seen(a) && !words(a)).map(a => a.outerHTML),
    empty: [...main.querySelectorAll('h1,h2,h3,li,td,th,dd,dt,legend,label')].filter(e => seen(e) && !e.textContent.trim())
      .map(e => e.outerHTML),
    back: back.length,
    ids: [...document.querySelectorAll('[id]')].map(e => e.id),
  }
}"""

FOLLOW_ERRORS = """() => [...document.querySelectorAll('.govuk-error-summary__list a')].map(link => {
  link.click()
  const reached = document.activeElement
  return {
    words: link.innerText,
    goes: link.getAttribute('href'),
    found: reached.matches('input, select, textarea') && '#' + reached.id === link.getAttribute('href'),
  }
})"""

MARK_UNLIKE = """known => {
  const had = new Set(known.split(' ').map(Number)), fresh = []
  const look = (e, above) => {
    const style = getComputedStyle(e)
    let here = above
    for (const c of [e.tagName, e.className, e.type, style.color, style.backgroundColor, e.checkVisibility()].join())
      here = Math.imul(here ^ c.codePointAt(0), 0x01000193)
    if (!had.has(here)) {
      had.add(here)
      fresh.push(here)
      e.setAttribute('data-unlike', '')
    }
    for (const child of e.children) look(child, here)
  }
  look(document.body, 0x811c9dc5 | 0)
  return [known, ...fresh].join(' ')
}"""
"""Marks what is unlike anything `known`, by tag, classes, colours and what it stands in; gives what to know from now on.

What is known are thousands of numbers: as one text they are handed over as they are, as a list one by one.
"""

AXE = """options => {
  axe.configure({rules: [{id: 'color-contrast', selector: '[data-unlike]'}]})
  return axe.run(document, options).then(found => found.violations)
}"""
AXE_OPTIONS = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"], **OF_ONE_PAGE}

LOOK = f"""async ([known, options]) => ({{
  read: ({READ})(),
  errors: ({FOLLOW_ERRORS})(),
  known: ({MARK_UNLIKE})(known),
  violations: await ({AXE})(options),
}})"""
"""All in one, in this order: each time that the browser is asked something costs as much as a small page."""


class Eye:
    """Looks at the pages of one browser, one after another.

    Every rule is tried on every page, but the contrast of colours, which takes longer than all other rules together,
    only on what is unlike anything that was looked at before: the same classes in the same place have the same colours.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._known = ""
        page.add_init_script(AXE_SCRIPT)

    def faults(self, endpoint: str) -> list[str]:
        """Everything that is wrong with the page as it is shown now, one sentence a fault, axe's violations included."""
        seen: dict[str, Any] = self._page.evaluate(LOOK, [self._known, AXE_OPTIONS])
        self._known = seen["known"]
        read = seen["read"]
        found = [
            *_structure(read, endpoint),
            *_words(read),
            *_errors_that_lead_nowhere(seen["errors"]),
            *_axe_says(seen["violations"]),
            *_sideways(self._page),
        ]
        return [f"{endpoint} ({read['h1'] or read['title']}): {one}" for one in found]


def faults_of(page: Page, endpoint: str) -> list[str]:
    """What is wrong with one page that is shown already, looked at for itself."""
    page.evaluate(AXE_SCRIPT)
    return Eye(page).faults(endpoint)


def _errors_that_lead_nowhere(errors: list[dict[str, Any]]) -> list[str]:
    """The errors of a summary whose link does not move the focus to the input that it names."""
    return [
        f"the error {one['words']!r} leads to {one['goes']}, where the focus does not go"
        for one in errors
        if not one["found"]
    ]


def _axe_says(violations: list[dict[str, Any]]) -> list[str]:
    return [f"axe: {one['id']}: {one['help']}: {[node['target'] for node in one['nodes']]}" for one in violations]


def _structure(read: dict[str, Any], endpoint: str) -> list[str]:
    levels = read["levels"]
    skipped = any(below > above + 1 for above, below in pairwise(levels))
    ids = read["ids"]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    checks = {
        f"{len(read['h1'])} main headings": len(read["h1"]) != 1,
        f"headings skip a level: {levels}": skipped,
        f"links to nowhere: {read['nowhere']}": read["nowhere"],
        f"links without words: {read['wordless']}": read["wordless"],
        f"parts without words: {read['empty']}": read["empty"],
        f"ids given twice: {twice}": twice,
        "no way back and no way home": endpoint not in NO_WAY_BACK and not read["back"],
        f"its title is {read['title']!r}": not TITLE.fullmatch(read["title"]) or NAME.search(read["title"]),
    }
    return [fault for fault, is_so in checks.items() if is_so]


def _words(read: dict[str, Any]) -> list[str]:
    text = read["text"]
    leftovers = [_around(text, one) for one in LEFTOVER.finditer(text)]
    twice = [_around(text, one) for one in TWICE.finditer(text)]
    avoided = [word for word in AVOIDED if word in text.lower().replace("not permitted", "")]
    return [
        *(f"left over: {one!r}" for one in leftovers),
        *(f"a word twice: {one!r}" for one in twice),
        *(f"says {word!r}" for word in avoided),
    ]


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 30) : found.end() + 30]


def _sideways(page: Page) -> list[str]:
    before = page.viewport_size
    page.set_viewport_size({"width": SMALL_PX, "height": 800})
    measured = page.evaluate(OVERFLOWING)
    if before is not None:
        page.set_viewport_size(before)
    if measured["scrolled"] <= measured["width"]:
        return []
    return [f"{measured['scrolled']} px wide on {SMALL_PX} px; sticking out: {measured['names']}"]
