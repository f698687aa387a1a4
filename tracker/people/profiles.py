"""Addresses and handles as people type them, in the one form by which two spellings of a profile are one.

Nothing is ever fetched: what an address does not say is not found out.
"""

import re
import unicodedata
from urllib.parse import parse_qs, unquote

from tracker.people.platforms import KNOWN, SHORTENED, Addresses, platform_of_host
from tracker.people.problems import ProblemError
from tracker.people.requests import TypedProfile
from tracker.policy.vocabulary import Platform
from tracker.web.text import MIXED_ALPHABETS, mixes_alphabets

LONGEST_HANDLE = 200
LONGEST_ADDRESS = 300
DECODED_AT_MOST = 5
"""Times: a text that is still encoded after them is no address that somebody copied."""

LONGEST_LABEL = 63  # characters between two dots of a host

_SCHEME = re.compile(r"^(https?:)?/+", re.IGNORECASE)
_HOST = re.compile(r"^[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}$")
_IN_FRONT = re.compile(r"^(www\d?|m|mobile|touch|web)\.(?=[^.]+\.)")
_USUAL_ENDS = (".com", ".org", ".net", ".uk", ".eu", ".tv", ".gg", ".me", ".io", ".app", ".blog", ".info", ".social")
_NOT_DIGITS = re.compile(r"\D")
_TELEPHONE = re.compile(r"\+?[\d\s().-]+", re.ASCII)
_NATIONAL_ZERO = re.compile(r"(?<=\d)[\s.-]*\(0\)")
_DIGITS_OF_A_TELEPHONE = range(7, 16)  # at most 15: ITU-T E.164
UK_PREFIX = "44"
NOT_READ = "Enter the address of the profile, or the handle"


class NamesNobodyError(ProblemError):
    """An address that is shortened, or that of a post, a search, a page to log in and the like: it does not say whose profile it is."""


def normalise(platform: Platform, typed: str) -> tuple[str, str]:
    """`(handle, address)` of a profile on `platform`, from any address or handle that somebody typed.

    `normalise` of either gives the same again. Raises `ProblemError` at the field `address` where nothing can be read,
    where the address is another platform's, and `NamesNobodyError` where it does not say whose profile it is.
    """
    handle, address = _read(platform, typed)
    if len(handle) > LONGEST_HANDLE or len(address) > LONGEST_ADDRESS:
        raise ProblemError("address", f"The address must be {LONGEST_HANDLE} characters or fewer")
    if _read(platform, handle)[0] != handle or _read(platform, address) != (handle, address):
        raise ProblemError("address", NOT_READ)
    return handle, address


def read_profile(profile: TypedProfile) -> tuple[Platform, str, str]:
    """`(platform, handle, address)` of what was typed. Raises `ProblemError` at `platform` or `address`."""
    platform = profile.platform or _platform_in(profile.address)
    if platform is None:
        raise ProblemError("platform", "Select the platform: the address does not say which it is")
    return platform, *normalise(platform, profile.address)


def guess_platform(typed: str) -> Platform | None:
    """The platform that an address belongs to by its host, or None where it does not say."""
    try:
        return _platform_in(typed)
    except ProblemError:
        return None


def _platform_in(typed: str) -> Platform | None:
    host, _, _ = _parts(typed, keep_number_sign=False)
    return platform_of_host(host) if host else None


def _read(platform: Platform, typed: str) -> tuple[str, str]:
    host, path, query = _parts(typed, keep_number_sign=platform is Platform.DISCORD)
    _refuse_another_platform(platform, host)
    addresses = KNOWN.get(platform)
    if addresses is None:
        handle, address = _elsewhere(host, path)
    elif platform is Platform.WHATSAPP:
        handle, address = _telephone(_handle(platform, addresses, host, path, query), addresses)
    else:
        handle = _handle(platform, addresses, host, path, query)
        address = _address(platform, addresses, handle)
    if not handle:
        raise ProblemError("address", NOT_READ)
    return handle, address


def _parts(typed: str, *, keep_number_sign: bool) -> tuple[str, str, str]:
    """`(host, path, query)`; the host is empty where a bare handle was typed."""
    text = _cleaned(typed)
    bare = _SCHEME.sub("", text)
    had_scheme = bare != text
    while (shorter := _SCHEME.sub("", bare)) != bare:
        bare = shorter
    bare = bare.replace("/#!/", "/")
    first = re.split(r"[/?#]", bare, maxsplit=1)[0]
    host = _host(first, had_scheme=had_scheme, alone=first == bare)
    if not keep_number_sign:
        bare = bare.split("#", 1)[0]
    path, _, query = bare.partition("?")
    return host, path[len(first) :] if host else path, query


def _cleaned(typed: str) -> str:
    """Without invisible characters and percent-encoding (of what was encoded several times too), spaces at the ends and `\\`.

    Raises `ProblemError` for what is longer than any address (reading it would take very long), and for letters that look alike.
    """
    if len(typed) > LONGEST_ADDRESS:
        raise ProblemError("address", f"The address must be {LONGEST_ADDRESS} characters or fewer")
    text = typed
    for _ in range(DECODED_AT_MOST):
        plain = unicodedata.normalize("NFC", unquote(text)).replace("\\", "/")
        plain = "".join(one for one in plain if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
        plain = " ".join(plain.split())
        if plain == text:
            break
        text = plain
    else:
        raise ProblemError("address", NOT_READ)
    if mixes_alphabets(text):
        raise ProblemError("address", f"The address {MIXED_ALPHABETS}")
    return text


def _host(first: str, *, had_scheme: bool, alone: bool) -> str:
    """The host in small letters, without what stands in front for phones; empty where `first` is not a host."""
    host = first.rpartition("@")[2].partition(":")[0] if had_scheme else first.partition(":")[0]
    host = _ascii(host.rstrip(".").lower())
    if not _HOST.match(host):
        return ""
    known = platform_of_host(host) is not None or host in SHORTENED
    if not (known or had_scheme or not alone or host.startswith("www.") or host.endswith(_USUAL_ENDS)):
        return ""
    while (shorter := _IN_FRONT.sub("", host)) != host:
        host = shorter
    return host


def _ascii(host: str) -> str:
    """As an international name is written in an address. A label longer than any name is left: reading it takes very long."""
    if any(len(part) > LONGEST_LABEL for part in unicodedata.normalize("NFKC", host).split(".")):
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _refuse_another_platform(platform: Platform, host: str) -> None:
    if host in SHORTENED:
        raise NamesNobodyError("address", "This is a shortened address. Enter the address of the profile itself")
    found = platform_of_host(host) if host else None
    if platform in KNOWN and host and found is not platform:
        where = found.label if found else host
        raise ProblemError("address", f"This address is not on {platform.label}: it is on {where}")
    if platform is Platform.OTHER and found is not None:
        raise ProblemError("address", f"This address is on {found.label}: choose that platform")


def _handle(platform: Platform, addresses: Addresses, host: str, path: str, query: str) -> str:
    onward = _onward(addresses, path, query)
    if onward.startswith("/") and not onward.startswith("//"):
        path, _, query = onward.partition("?")
        if not path.strip("/ .@"):
            raise _names_nobody(addresses)
    elif onward:
        return _read(platform, onward)[0]
    from_query = _from_query(addresses, path, query)
    if from_query is not None:
        return _in_path(addresses, from_query, addressed=False)
    in_front = dict(addresses.by_host).get(host, "")
    parts = [part.strip() for part in f"{in_front}/{path}".split("/") if part.strip(" .@")]
    return _in_path(addresses, _rewritten(addresses, parts), addressed=bool(host) or len(parts) > 1)


def _onward(addresses: Addresses, path: str, query: str) -> str:
    """The address to which this one leads on, or its path; empty where it does not."""
    for where, name in addresses.onward:
        found = re.search(rf"(?:^|&){name}=(.+)", query, re.IGNORECASE) if path.strip("/ ").lower() == where else None
        if found:
            return found[1] if "?" in found[1] else found[1].partition("&")[0]
    return ""


def _from_query(addresses: Addresses, path: str, query: str) -> list[str] | None:
    """The parts of a path that say the same as this query, or None where the query does not name a profile."""
    for where, name, behind in addresses.in_query:
        if path.strip("/ ").lower() == where and (values := parse_qs(query).get(name)):
            return [*behind.split("/"), values[0]] if behind else [values[0]]
    return None


def _rewritten(addresses: Addresses, parts: list[str]) -> list[str]:
    path = "/".join(parts)
    for pattern, same in addresses.rewritten:
        if found := re.fullmatch(pattern, path, re.IGNORECASE | re.ASCII):
            return found.expand(same).split("/")
    return parts


def _in_path(addresses: Addresses, parts: list[str], *, addressed: bool) -> str:
    """The handle in the parts of a path. Raises `NamesNobodyError` where they are of an address (`addressed`) that names nobody: alone, a
    word that addresses begin with may be somebody's handle."""
    skipped = False
    while len(parts) > 1 and parts[0].lower() in addresses.skipped and not _begins(parts, addresses.nobody, 2):
        parts, skipped = parts[1:], True
    if not parts:
        return ""
    if _begins(parts, addresses.nobody, 2):
        raise _names_nobody(addresses)
    depth = next((length for length in (2, 1) if _begins(parts, addresses.kept, length)), 0)
    if depth and len(parts) > depth:
        behind = "/".join(parts[:depth]).lower()
        return f"{behind}/{parts[depth] if behind in addresses.exact else parts[depth].lower()}"
    first = parts[0].lower()
    if addressed and not skipped and (depth or first in addresses.nobody or first in addresses.skipped):
        raise _names_nobody(addresses)
    handle = first.lstrip("@ ").rstrip(" ")
    return handle if addresses.dots_matter else handle.replace(".", "")


def _begins(parts: list[str], words: frozenset[str], length: int) -> bool:
    return len(parts) >= length and "/".join(parts[:length]).lower() in words


def _names_nobody(addresses: Addresses) -> NamesNobodyError:
    instead = f"Enter the address of the profile itself, which begins with {addresses.home}, or the handle"
    return NamesNobodyError("address", f"This address does not say whose profile it is. {instead}")


def _address(platform: Platform, addresses: Addresses, handle: str) -> str:
    written = handle.replace(" ", "%20")
    if "/" in handle:
        return f"https://{addresses.home.split('/')[2]}/{written}"
    if platform is Platform.FACEBOOK and handle.isdecimal():
        return f"{addresses.home}profile.php?id={handle}"
    return addresses.home + written


def _telephone(handle: str, addresses: Addresses) -> tuple[str, str]:
    if "/" in handle:
        return handle, f"https://whatsapp.com/{handle}"
    if not _TELEPHONE.fullmatch(handle):
        raise ProblemError("address", NOT_READ)
    digits = _NOT_DIGITS.sub("", _NATIONAL_ZERO.sub("", handle))
    if digits.startswith("00"):
        digits = digits.lstrip("0")
    elif digits.startswith("0"):
        digits = UK_PREFIX + digits.lstrip("0")
    if digits.startswith(f"{UK_PREFIX}0"):
        digits = UK_PREFIX + digits.removeprefix(UK_PREFIX).lstrip("0")
    if len(digits) not in _DIGITS_OF_A_TELEPHONE:
        raise ProblemError("address", NOT_READ)
    return digits, addresses.home + digits


def _elsewhere(host: str, path: str) -> tuple[str, str]:
    """A platform of which nothing is known: the host and the path, or the bare handle."""
    parts = [part.strip() for part in path.split("/") if part.strip(" .")]
    if not host:
        handle = "/".join(parts).lstrip("@ ").lower()
        return handle, handle
    whole = "/".join([host, *parts])
    return whole.lower(), "https://" + whole.replace(" ", "%20")
