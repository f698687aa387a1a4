"""How each platform writes the address of a profile: its hosts, and which part of the path is the handle."""

from dataclasses import dataclass

from tracker.policy.vocabulary import Platform


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one platform. `home` begins the address of a profile.

    `skipped` first parts of a path are followed by the handle; `kept` ones belong to it, because the same word behind
    another of them is somebody else; behind those in `exact` capital letters matter. With `nobody` at its beginning an address is that of
    a post, a search, a page to log in or the like, which does not say whose it is. `by_host`: what belongs in front of every path of that
    host.

    `in_query` names the part of a query that is the handle, by the path it belongs to; `onward` the part that is another address on the
    platform, to which somebody is led from there. `rewritten`: patterns of paths, and the path that says the same.
    """

    hosts: tuple[str, ...]
    home: str
    skipped: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    nobody: frozenset[str] = frozenset()
    in_query: tuple[tuple[str, str, str], ...] = ()  # (path, part of the query, kept words that it goes behind or "")
    onward: tuple[tuple[str, str], ...] = ()  # (path, part of the query)
    rewritten: tuple[tuple[str, str], ...] = ()
    by_host: tuple[tuple[str, str], ...] = ()
    dots_matter: bool = True


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


KNOWN: dict[Platform, Addresses] = {
    Platform.FACEBOOK: Addresses(
        ("facebook.com", "fb.com", "m.me", "messenger.com"),
        "https://www.facebook.com/",
        skipped=_words("pg stories t"),
        kept=_words("groups"),
        nobody=_words(
            "login login.php login/device-based login/identify recover checkpoint reg r.php home.php me feed",
            "profile.php people pages p public",
            "share share.php sharer sharer.php l.php flx dialog plugins photo photo.php photos media video",
            "video.php videos reel reels watch",
            "live gaming games hashtag story story.php stories/view permalink.php posts notes events event.php",
            "marketplace groups.php",
            "friends messages notifications search settings saved memories bookmarks directory places ads",
            "business help policies privacy",
            "legal terms.php about fundraisers jobs",
        ),
        in_query=tuple((one, "id", "") for one in ("profile.php", "story.php", "permalink.php", "photo.php", "photo")),
        onward=(
            ("login", "next"),
            ("login.php", "next"),
            ("login/device-based/regular/login", "next"),
            ("checkpoint", "next"),
            ("l.php", "u"),
        ),
        rewritten=(
            (r"(?:people|pages)/[^/]+/(\d+)(?:/.*)?", r"\1"),
            (r"groups/[^/]+/user/(\d+)(?:/.*)?", r"\1"),
            (r"(?:p/|pages/category/[^/]+/)?[^/]+-(\d{6,})(?:/.*)?", r"\1"),
        ),
        dots_matter=False,
    ),
    Platform.INSTAGRAM: Addresses(
        ("instagram.com", "instagr.am"),
        "https://www.instagram.com/",
        skipped=_words("stories _u"),
        nobody=_words(
            "accounts challenge p reel reels tv explore direct share s stories/highlights invites ar about",
            "developer legal web emails",
            "terms privacy api oauth session popular",
        ),
        onward=(("accounts/login", "next"), ("challenge", "next"), ("", "u")),
    ),
    Platform.X: Addresses(
        ("x.com", "twitter.com"),
        "https://x.com/",
        kept=_words("i/user"),
        nobody=_words(
            "i home search explore hashtag notifications messages settings login logout signup account compose",
            "share intent tos privacy",
            "jobs download who_to_follow",
        ),
        in_query=(
            ("intent/user", "screen_name", ""),
            ("intent/follow", "screen_name", ""),
            ("intent/user", "user_id", "i/user"),
            ("intent/follow", "user_id", "i/user"),
        ),
        onward=(
            ("login", "redirect_after_login"),
            ("i/flow/login", "redirect_after_login"),
            ("i/flow/signup", "redirect_after_login"),
        ),
    ),
    Platform.TIKTOK: Addresses(
        ("tiktok.com",),
        "https://www.tiktok.com/@",
        skipped=_words("share user"),
        nobody=_words(
            "t v video share/video foryou following friends explore live discover tag music search embed place",
            "channel topics messages inbox",
            "upload login signup effect sticker link about legal",
        ),
        onward=(("login", "redirect_url"),),
    ),
    Platform.SNAPCHAT: Addresses(
        ("snapchat.com",),
        "https://www.snapchat.com/add/",
        skipped=_words("add u"),
        nobody=_words("p t spotlight discover story lens unlock explore map login download search topic"),
    ),
    Platform.YOUTUBE: Addresses(
        ("youtube.com", "youtube-nocookie.com"),
        "https://www.youtube.com/@",
        kept=_words("channel c user"),
        exact=_words("channel"),
        nobody=_words(
            "watch live shorts results feed playlist embed v e clip post hashtag gaming premium kids music",
            "account signin redirect",
            "oembed attribution_link about t",
        ),
        onward=(("signin", "next"), ("m", "continue"), ("redirect", "q")),
    ),
    Platform.LINKEDIN: Addresses(
        ("linkedin.com",),
        "https://www.linkedin.com/in/",
        skipped=_words("in"),
        kept=_words("company school groups"),
        nobody=_words(
            "posts authwall feed pulse jobs search mynetwork messaging notifications login uas checkpoint signup",
            "learning events profile pub",
            "sharing share directory dir embed redir redirect help legal in/me in/unavailable",
        ),
        onward=(
            ("authwall", "sessionredirect"),
            ("login", "session_redirect"),
            ("uas/login", "session_redirect"),
            ("checkpoint/lg/login", "session_redirect"),
            ("signup/cold-join", "session_redirect"),
        ),
    ),
    Platform.WHATSAPP: Addresses(
        ("wa.me", "whatsapp.com"),
        "https://wa.me/",
        kept=_words("channel"),
        exact=_words("channel"),
        nobody=_words("invite message qr c p catalog product"),
        in_query=(("send", "phone", ""),),
        by_host=(("chat.whatsapp.com", "invite"),),
    ),
    Platform.REDDIT: Addresses(
        ("reddit.com",),
        "https://www.reddit.com/user/",
        skipped=_words("u user"),
        kept=_words("r"),
        nobody=_words(
            "u/me user/me search login register submit message chat settings comments gallery media poll live",
            "wiki premium notifications",
            "hot new top rising best all domain subreddits explore topics answers video link tb s",
        ),
        onward=(("login", "dest"), ("register", "dest")),
    ),
    Platform.DISCORD: Addresses(
        ("discord.com", "discord.gg", "discordapp.com"),
        "https://discord.com/users/",
        skipped=_words("users"),
        kept=_words("invite channels"),
        exact=_words("invite"),
        nobody=_words("channels/@me users/@me login register app download servers gifts store shop nitro"),
        onward=(("login", "redirect_to"),),
        by_host=(("discord.gg", "invite"),),
    ),
    Platform.TWITCH: Addresses(
        ("twitch.tv",),
        "https://www.twitch.tv/",
        skipped=_words("popout moderator"),
        nobody=_words(
            "videos clip directory search p settings login signup downloads jobs turbo subscriptions inventory",
            "wallet drops friends",
        ),
        in_query=(("", "channel", ""),),
        by_host=(("clips.twitch.tv", "clip"),),
    ),
    Platform.THREADS: Addresses(
        ("threads.net", "threads.com"),
        "https://www.threads.net/@",
        nobody=_words("search login t activity custom_feed settings explore for_you following saved liked"),
        onward=(("login", "next"),),
    ),
    Platform.TELEGRAM: Addresses(
        ("t.me", "telegram.me", "telegram.dog"),
        "https://t.me/",
        skipped=_words("s"),
        kept=_words("joinchat"),
        exact=_words("joinchat"),
        nobody=_words(
            "c share addstickers addemoji addlist addtheme setlanguage bg invoice contact m confirmphone boost",
            "proxy socks login iv giftcode",
        ),
        rewritten=((r"\+(?!\d+(?:/|$))([^/]+)(?:/.*)?", r"joinchat/\1"),),
    ),
}

SHORTENED = _words(
    "vm.tiktok.com vt.tiktok.com t.co lnkd.in bit.ly tinyurl.com youtu.be redd.it v.redd.it i.redd.it",
    "fb.me fb.watch on.fb.me t.snapchat.com",
    "goo.gl ow.ly is.gd buff.ly pin.it wa.link",
)
"""Hosts whose addresses do not say whose profile it is; the tracker opens nothing, so it cannot find out."""


def platform_of_host(host: str) -> Platform | None:
    """The platform to which a host belongs (in small letters, with whatever is in front of it), or None."""
    for platform, addresses in KNOWN.items():
        if any(host == one or host.endswith("." + one) for one in addresses.hosts):
            return platform
    return None
