"""How each platform writes the address of a profile: its hosts, and which part of the path is the handle."""

from dataclasses import dataclass

from tracker.policy.vocabulary import Platform


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one platform. `home` begins the address of a profile.

    `skipped` first parts of a path are followed by the handle; `kept` ones belong to it, because the same word behind
    another of them is somebody else; behind those in `exact` capital letters matter. `in_query` names the part of a
    query that is the handle, by the path it belongs to.
    """

    hosts: tuple[str, ...]
    home: str
    skipped: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    in_query: tuple[tuple[str, str, str], ...] = ()  # (path, part of the query, kept word that it goes behind or "")


KNOWN: dict[Platform, Addresses] = {
    Platform.FACEBOOK: Addresses(
        ("facebook.com", "fb.com", "fb.me", "m.me", "messenger.com"),
        "https://www.facebook.com/",
        skipped=frozenset({"pg", "stories", "t"}),
        kept=frozenset({"groups", "events", "people", "pages", "p"}),
        in_query=(("profile.php", "id", ""), ("story.php", "id", ""), ("permalink.php", "id", "")),
    ),
    Platform.INSTAGRAM: Addresses(
        ("instagram.com", "instagr.am"),
        "https://www.instagram.com/",
        skipped=frozenset({"stories", "_u"}),
        kept=frozenset({"p", "reel", "tv", "explore"}),
        exact=frozenset({"p", "reel", "tv"}),
    ),
    Platform.X: Addresses(
        ("x.com", "twitter.com"),
        "https://x.com/",
        kept=frozenset({"i", "hashtag"}),
        in_query=(("intent/user", "screen_name", ""), ("intent/follow", "screen_name", "")),
    ),
    Platform.TIKTOK: Addresses(("tiktok.com",), "https://www.tiktok.com/@", skipped=frozenset({"share", "user"})),
    Platform.SNAPCHAT: Addresses(
        ("snapchat.com",), "https://www.snapchat.com/add/", skipped=frozenset({"add", "u", "p"})
    ),
    Platform.YOUTUBE: Addresses(
        ("youtube.com", "youtube-nocookie.com"),
        "https://www.youtube.com/@",
        kept=frozenset({"channel", "c", "user", "watch", "shorts", "playlist"}),
        exact=frozenset({"channel", "watch", "shorts", "playlist"}),
        in_query=(("watch", "v", "watch"), ("playlist", "list", "playlist")),
    ),
    Platform.LINKEDIN: Addresses(
        ("linkedin.com",),
        "https://www.linkedin.com/in/",
        skipped=frozenset({"in"}),
        kept=frozenset({"company", "school", "groups", "pub"}),
    ),
    Platform.WHATSAPP: Addresses(
        ("wa.me", "whatsapp.com"),
        "https://wa.me/",
        kept=frozenset({"channel"}),
        exact=frozenset({"channel"}),
        in_query=(("send", "phone", ""),),
    ),
    Platform.REDDIT: Addresses(
        ("reddit.com",), "https://www.reddit.com/user/", skipped=frozenset({"u", "user"}), kept=frozenset({"r"})
    ),
    Platform.DISCORD: Addresses(
        ("discord.com", "discord.gg", "discordapp.com"),
        "https://discord.com/users/",
        skipped=frozenset({"users"}),
        kept=frozenset({"invite", "channels"}),
        exact=frozenset({"invite"}),
    ),
    Platform.TWITCH: Addresses(
        ("twitch.tv",), "https://www.twitch.tv/", kept=frozenset({"videos"}), exact=frozenset({"videos"})
    ),
    Platform.THREADS: Addresses(("threads.net", "threads.com"), "https://www.threads.net/@"),
    Platform.TELEGRAM: Addresses(
        ("t.me", "telegram.me", "telegram.dog"),
        "https://t.me/",
        skipped=frozenset({"s"}),
        kept=frozenset({"joinchat"}),
        exact=frozenset({"joinchat"}),
    ),
}

SHORTENED = ("vm.tiktok.com", "vt.tiktok.com", "t.co", "lnkd.in", "bit.ly", "tinyurl.com", "youtu.be", "redd.it")
"""Hosts whose addresses do not say whose profile it is; the tracker opens nothing, so it cannot find out."""


def platform_of_host(host: str) -> Platform | None:
    """The platform to which a host belongs (in small letters, with whatever is in front of it), or None."""
    for platform, addresses in KNOWN.items():
        if any(host == one or host.endswith("." + one) for one in addresses.hosts):
            return platform
    return None
