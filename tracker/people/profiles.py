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

LONGEST_HANDLE = 200
LONGEST_ADDRESS = 300
LONGEST_LABEL = 63  # characters between two dots of a host

_SCHEME = re.compile(r"^(https?:)?/+", re.IGNORECASE)
_HOST = re.compile(r"^[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}$")
_IN_FRONT = re.compile(r"^(www\d?|m|mobile|touch|web)\.(?=[^.]+\.)")
_USUAL_ENDS = (".com", ".org", ".net", ".uk", ".eu", ".tv", ".gg", ".me", ".io", ".app", ".blog", ".info", ".social")
_DIGITS = re.compile(r"\D")
UK_PREFIX = "44"
NOT_READ = "Enter the address of the profile, or the handle"


def normalise(platform: Platform, typed: str) -> tuple[str, str]:
    """`(handle, address)` of a profile on `platform`, from any address or handle that somebody typed.

    `normalise` of either gives the same again. Raises `ProblemError` at the field `address` where nothing can be read,
    where the address is another platform's, and where it is a shortened one that does not say whose profile it is.
    """
    handle, address = _read(platform, typed)
    if len(handle) > LONGEST_HANDLE or len(address) > LONGEST_ADDRESS:
        raise ProblemError("address", f"The address must be {LONGEST_HANDLE} characters or fewer")
    if _read(platform, handle)[0] != handle or _read(platform, address) != (handle, address):
        raise ProblemError("address", NOT_READ)
    return handle, address


def read_profile(profile: TypedProfile) -> tuple[Platform, str, str]:
    """`(platform, handle, address)` of what was typed. Raises `ProblemError` at `platform` or `address`."""
    platform = profile.platform or guess_platform(profile.address)
    if platform is None:
        raise ProblemError("platform", "Select the platform: the address does not say which it is")
    return platform, *normalise(platform, profile.address)


def guess_platform(typed: str) -> Platform | None:
    """The platform that an address belongs to by its host, or None where it does not say."""
    host, _, _ = _parts(typed, keep_number_sign=False)
    return platform_of_host(host) if host else None


def _read(platform: Platform, typed: str) -> tuple[str, str]:
    host, path, query = _parts(typed, keep_number_sign=platform is Platform.DISCORD)
    _refuse_another_platform(platform, host)
    addresses = KNOWN.get(platform)
    if addresses is None:
        handle, address = _elsewhere(host, path)
    elif platform is Platform.WHATSAPP:
        handle, address = _telephone(addresses, path, query)
    else:
        handle = _handle(addresses, path, query)
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
    """Without invisible characters and percent-encoding (however often it was encoded), spaces at the ends and `\\`."""
    text = typed
    for _ in range(len(typed) + 2):
        plain = unicodedata.normalize("NFC", unquote(text)).replace("\\", "/")
        plain = "".join(one for one in plain if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
        plain = " ".join(plain.split())
        if plain == text:
            break
        text = plain
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
        raise ProblemError("address", "This is a shortened address. Enter the address of the profile itself")
    found = platform_of_host(host) if host else None
    if platform in KNOWN and host and found is not platform:
        where = found.label if found else host
        raise ProblemError("address", f"This address is not on {platform.label}: it is on {where}")
    if platform is Platform.OTHER and found is not None:
        raise ProblemError("address", f"This address is on {found.label}: choose that platform")


def _handle(addresses: Addresses, path: str, query: str) -> str:
    from_query = _from_query(addresses, path, query)
    parts = [part.strip() for part in path.split("/") if part.strip(" .@")] if from_query is None else from_query
    while len(parts) > 1 and parts[0].lower() in addresses.skipped:
        parts = parts[1:]
    if not parts:
        return ""
    first = parts[0].lower()
    if first not in addresses.kept or len(parts) == 1:
        return first.lstrip("@ ").rstrip(" ")
    if first in ("people", "pages") and len(parts) > 2 and parts[2].isdecimal():
        return parts[2]
    return f"{first}/{parts[1] if first in addresses.exact else parts[1].lower()}"


def _from_query(addresses: Addresses, path: str, query: str) -> list[str] | None:
    """The parts of a path that say the same as this query, or None where the query does not name a profile."""
    for where, name, behind in addresses.in_query:
        if path.strip("/ ").lower() == where and (values := parse_qs(query).get(name)):
            return [behind, values[0]] if behind else [values[0]]
    return None


def _address(platform: Platform, addresses: Addresses, handle: str) -> str:
    first, _, rest = handle.partition("/")
    site = addresses.home.split("/")[2]
    written = handle.replace(" ", "%20")
    if rest and first == "watch":
        return f"https://{site}/watch?v={rest}"
    if rest and first == "playlist":
        return f"https://{site}/playlist?list={rest}"
    if rest:
        return f"https://{site}/{written}"
    if platform is Platform.FACEBOOK and handle.isdecimal():
        return f"{addresses.home}profile.php?id={handle}"
    return addresses.home + written


def _telephone(addresses: Addresses, path: str, query: str) -> tuple[str, str]:
    handle = _handle(addresses, path, query)
    if "/" in handle:
        return handle, f"https://whatsapp.com/{handle}"
    digits = _DIGITS.sub("", handle)
    if digits.startswith("00"):
        digits = digits.lstrip("0")
    elif digits.startswith("0"):
        digits = UK_PREFIX + digits.lstrip("0")
    return digits, addresses.home + digits


def _elsewhere(host: str, path: str) -> tuple[str, str]:
    """A platform of which nothing is known: the host and the path, or the bare handle."""
    parts = [part.strip() for part in path.split("/") if part.strip(" .")]
    if not host:
        handle = "/".join(parts).lstrip("@ ").lower()
        return handle, handle
    whole = "/".join([host, *parts])
    return whole.lower(), "https://" + whole.replace(" ", "%20")
