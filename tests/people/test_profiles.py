"""Two spellings of one profile are one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.people import profiles
from tracker.people.platforms import KNOWN
from tracker.people.problems import ProblemError
from tracker.people.profiles import NamesNobodyError, guess_platform, normalise, read_profile
from tracker.people.requests import TypedProfile
from tracker.policy.vocabulary import Platform

SPELLINGS: list[tuple[Platform, str, list[str]]] = [
    (
        Platform.FACEBOOK,
        "janedoe",
        [
            "facebook.com/janedoe",
            "facebook.com/j.a.n.e.Doe/",
            "https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Fjane.doe&hl=en",
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fm.facebook.com%2Fjane.doe%3Fref%3D1&h=AT",
            "https://www.Facebook.com/jane.doe?x=1",
            "facebook.com/jane.doe",
            "HTTP://m.facebook.com/Jane.Doe/",
            "https://en-gb.facebook.com/jane.doe/photos?ref=1#top",
            "https://www.facebook.com/jane%2Edoe",
            "https://www.facebook.com/jane%252Edoe",
            "fb.com/jane.doe",
            "https://m.me/jane.doe",
            "//facebook.com//jane.doe//",
            "https://facebook.com:443/jane.doe",
            "https:\\\\facebook.com\\jane.doe",
            " @jane.doe ",
            "jane.doe",
            "facebook.com./jane.doe",
            "\u200efacebook.com/jane.doe\u200f",
        ],
    ),
    (
        Platform.FACEBOOK,
        "123",
        [
            "https://www.facebook.com/profile.php?id=123&sk=about",
            "https://m.facebook.com/profile.php?v=info&id=123",
            "facebook.com/123",
            "https://www.facebook.com/people/Jane-Doe/123/",
            "facebook.com/groups/northshire/user/123/",
            "https://www.facebook.com/photo.php?fbid=9&id=123",
            "https://www.facebook.com/story.php?story_fbid=9&id=123",
            "https://www.facebook.com/login.php?next=https%3A%2F%2Fwww.facebook.com%2Fprofile.php%3Fv%3Dinfo%26id%3D123",
        ],
    ),
    (
        Platform.FACEBOOK,
        "100012345678901",
        [
            "https://www.facebook.com/p/Jane-Doe-100012345678901/",
            "https://www.facebook.com/people/Jane-Doe/100012345678901",
            "https://www.facebook.com/profile.php?id=100012345678901",
            "https://www.facebook.com/pages/category/Baker/Jane-Doe-100012345678901/about",
            "facebook.com/Jane-Doe-100012345678901",
        ],
    ),
    (Platform.FACEBOOK, "groups/northshire", ["https://www.facebook.com/groups/Northshire/permalink/1"]),
    (Platform.INSTAGRAM, "jane_doe", ["https://instagram.com/Jane_Doe/?hl=en", "@jane_doe", "instagram.com/stories/jane_doe/1",
                                      "https://www.instagram.com/accounts/login/?next=/jane_doe/", "instagram.com/jane_doe/p/AbC/",
                                      "https://www.instagram.com/accounts/login/?next=%2Fjane_doe%2F%3Fhl%3Den&source=x",
                                      "https://l.instagram.com/?u=https%3A%2F%2Finstagram.com%2Fjane_doe&e=1"]),
    (
        Platform.X,
        "janedoe",
        [
            "https://twitter.com/JaneDoe",
            "https://x.com/janedoe/status/99",
            "mobile.twitter.com/janedoe?lang=en",
            "https://twitter.com/#!/janedoe",
            "https://twitter.com/intent/user?screen_name=JaneDoe",
            "https://x.com/i/flow/login?redirect_after_login=%2FJaneDoe",
            "@JaneDoe",
        ],
    ),
    (Platform.X, "i/user/123", ["https://x.com/i/user/123", "twitter.com/intent/user?user_id=123"]),
    (Platform.TIKTOK, "live", ["https://www.tiktok.com/@live", "live"]),
    (Platform.TIKTOK, "jane.doe", ["https://www.tiktok.com/login?redirect_url=https%3A%2F%2Fwww.tiktok.com%2F%40jane.doe&lang=en",
                                  "https://www.tiktok.com/@Jane.Doe", "tiktok.com/@jane.doe/video/77?lang=en", "@jane.doe"]),
    (Platform.YOUTUBE, "janedoe", ["https://www.youtube.com/@JaneDoe/videos", "m.youtube.com/@janedoe", "@janedoe",
                                    "https://consent.youtube.com/m?continue=https%3A%2F%2Fwww.youtube.com%2F%40janedoe%3Fcbrd%3D1&gl=GB"]),
    (Platform.YOUTUBE, "channel/UCaBc", ["https://www.youtube.com/channel/UCaBc/about"]),
    (Platform.YOUTUBE, "c/janedoe", ["youtube.com/c/JaneDoe"]),
    (Platform.LINKEDIN, "jane-doe-1", ["https://uk.linkedin.com/in/Jane-Doe-1/en", "linkedin.com/in/jane-doe-1?trk=x", "jane-doe-1",
                                        "https://www.linkedin.com/authwall?trk=x&sessionRedirect=https%3A%2F%2Fuk.linkedin.com%2Fin%2Fjane-doe-1"]),
    (Platform.LINKEDIN, "company/northshire", ["https://www.linkedin.com/company/Northshire/"]),
    (Platform.REDDIT, "jane_doe", ["https://old.reddit.com/u/Jane_Doe", "reddit.com/user/jane_doe/comments", "u/jane_doe",
                                   "https://www.reddit.com/login/?dest=https%3A%2F%2Fwww.reddit.com%2Fuser%2Fjane_doe"]),
    (Platform.THREADS, "jane", ["https://www.threads.net/@jane", "threads.com/@Jane/post/1"]),
    (Platform.SNAPCHAT, "jane", ["https://www.snapchat.com/add/Jane", "snapchat.com/@jane"]),
    (Platform.TELEGRAM, "jane", ["https://t.me/Jane", "t.me/s/jane", "telegram.me/jane"]),
    (Platform.TELEGRAM, "joinchat/AbC_1", ["https://t.me/+AbC_1", "t.me/joinchat/AbC_1"]),
    (Platform.TELEGRAM, "+447700900123", ["https://t.me/+447700900123"]),
    (Platform.WHATSAPP, "447700900123", ["07700 900 123", "+44 (0)7700 900123", "+44 (0) 7700 900123", "0044 07700 900123",
        "(07700) 900123",
                                         "https://wa.me/4407700900123", "+44 7700 900123", "https://wa.me/447700900123", "0044 7700900123",
                                         "https://api.whatsapp.com/send?phone=447700900123&text=hi"]),
    (Platform.DISCORD, "jane#1234", ["Jane#1234"]),
    (Platform.DISCORD, "invite/AbC", ["https://discord.gg/AbC", "discord.com/invite/AbC"]),
    (Platform.OTHER, "example.org/people/jane", ["https://www.example.org/people/Jane/?q=1#a", "m.example.org/people/jane"]),
    (Platform.OTHER, "xn--bcher-kva.example/jane", ["https://bücher.example/jane", "HTTPS://BÜCHER.example/Jane/"]),
    (Platform.GAMING, "player one", ["  Player   One "]),
]  # fmt: skip


@pytest.mark.parametrize(("platform", "handle", "typed"), [(p, h, one) for p, h, many in SPELLINGS for one in many])
def test_every_spelling_of_a_profile_has_one_handle(platform: Platform, handle: str, typed: str) -> None:
    assert normalise(platform, typed)[0] == handle


def test_the_two_spellings_of_the_brief_are_one_in_handle_and_address() -> None:
    one = normalise(Platform.FACEBOOK, "https://www.Facebook.com/jane.doe?x=1")
    assert one == normalise(Platform.FACEBOOK, "facebook.com/jane.doe")
    assert one == ("janedoe", "https://www.facebook.com/janedoe")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("facebook.com/jane.doe", "facebook.com/jane.roe"),
        ("facebook.com/profile.php?id=1", "facebook.com/profile.php?id=2"),
        ("facebook.com/groups/jane", "facebook.com/jane"),
    ],
)
def test_different_people_stay_different(one: str, other: str) -> None:
    assert normalise(Platform.FACEBOOK, one)[0] != normalise(Platform.FACEBOOK, other)[0]


WORDS = st.sampled_from(
    ["jane", ".", "/", "@", "%", "%2", "41", "?", "id=5", "#", "!", ":", "https://", "www.", "m.", " ", "é", "\\", "İ", "a\u0301", "xn--"]
    + [host for addresses in KNOWN.values() for host in addresses.hosts]
    + [word for addresses in KNOWN.values() for word in addresses.skipped | addresses.kept | addresses.nobody]
    + [f"{path}?{name}=" for addresses in KNOWN.values() for path, name in addresses.onward]
)  # fmt: skip
TYPED = st.lists(WORDS, max_size=9).map("".join) | st.text(max_size=40)


@given(platform=st.sampled_from(list(Platform)), typed=TYPED)
def test_normalising_again_changes_nothing(platform: Platform, typed: str) -> None:
    try:
        handle, address = normalise(platform, typed)
    except ProblemError:
        return
    assert normalise(platform, handle)[0] == handle
    assert normalise(platform, address) == (handle, address)


@given(platform=st.sampled_from(list(KNOWN)), handle=st.from_regex(r"[a-z0-9_]{3,20}", fullmatch=True))
def test_case_scheme_host_query_and_slash_never_matter(platform: Platform, handle: str) -> None:
    if platform is Platform.WHATSAPP:
        handle = "447700900" + handle[:3].translate(str.maketrans("abcdefghijklmnopqrstuvwxyz_", "0" * 27))
    try:
        bare, address = normalise(platform, handle)
    except ProblemError:
        return
    loud = address.replace("https://www.", "HTTP://m.").replace("https://", "HTTP://")
    if "?" not in loud:
        loud += "/?utm=1#top"
    if "watch" not in loud:
        loud = loud.upper().replace("PROFILE.PHP?ID", "profile.php?id")
    assert normalise(platform, loud)[0] == bare


@pytest.mark.parametrize(
    ("typed", "platform"),
    [
        ("https://mobile.twitter.com/jane", Platform.X),
        ("uk.linkedin.com/in/jane", Platform.LINKEDIN),
        ("https://example.org/jane", None),
        ("notfacebook.com/jane", None),
        ("jane.doe", None),
        ("https://facebook.com@example.org/jane", None),
    ],
)
def test_the_platform_is_guessed_from_the_host(typed: str, platform: Platform | None) -> None:
    assert guess_platform(typed) is platform


NAMES_NOBODY: list[tuple[Platform, list[str]]] = [
    (Platform.FACEBOOK, [
        "share/1BxyAbCdEf", "share/p/1Bxy", "login", "login/?next=", "login.php?next=https%3A%2F%2Fwww.facebook.com%2Fhome.php", "photo",
        "photo/?fbid=1&set=a.2", "photo.php?fbid=1", "reel/123", "watch/?v=1", "marketplace/item/1", "groups", "events/1",
        "story.php?story_fbid=1",
        "permalink.php?story_fbid=1", "profile.php", "people/Jane-Doe", "pages/Jane-Doe", "p/Jane-Doe", "hashtag/jane", "me", "stories",
        "login/?next=%2Flogin%2F%3Fnext%3D%2Fjane", "public/Jane-Doe",
    ]),
    (Platform.INSTAGRAM, [
        "accounts/login", "accounts/login/?next=/p/AbC/", "accounts/login/?next=/", "p/AbC", "reel/AbC", "reels/AbC", "tv/AbC",
        "explore/tags/jane",
        "stories/highlights/1", "stories", "direct/inbox", "share/AbC",
    ]),
    (Platform.X, ["home", "search?q=jane", "explore", "i", "i/status/1", "i/user", "i/lists/1", "hashtag/jane", "intent/tweet?text=a",
        "login"]),
    (Platform.TIKTOK, ["t/ZTabc", "search?q=jane", "tag/jane", "foryou", "share/video/1", "v/1.html", "live", "user"]),
    (Platform.SNAPCHAT, ["p/abc/1", "t/abc", "spotlight/abc", "discover/x", "add"]),
    (Platform.YOUTUBE, [
        "live/abc", "watch?v=abc", "shorts/abc", "results?search_query=jane", "feed/subscriptions", "playlist?list=abc", "channel",
        "embed/abc",
    ]),
    (Platform.LINKEDIN, ["posts/jane-doe_a-1", "authwall?trk=x", "feed/update/urn:li:activity:1", "company", "in", "in/me",
        "pub/jane-doe/1/2/3"]),
    (Platform.WHATSAPP, ["message/ABC1234567", "qr/1234567890", "channel"]),
    (Platform.REDDIT, ["search?q=jane", "comments/abc", "user/me", "user", "r"]),
    (Platform.DISCORD, ["channels/@me/1", "login", "app", "users/@me", "invite"]),
    (Platform.TWITCH, ["videos/1", "directory/game/x", "search?term=jane"]),
    (Platform.THREADS, ["t/abc", "search?q=jane", "login"]),
    (Platform.TELEGRAM, ["c/123/4", "share/url?url=x", "addstickers/x", "joinchat", "s"]),
]  # fmt: skip
ADDRESSES_OF_NOBODY = [
    (platform, f"https://www.{KNOWN[platform].hosts[0]}/{path}") for platform, paths in NAMES_NOBODY for path in paths
]


@pytest.mark.parametrize(("platform", "typed"), ADDRESSES_OF_NOBODY)
def test_an_address_that_names_nobody_is_refused_and_it_is_said_what_to_enter(platform: Platform, typed: str) -> None:
    with pytest.raises(NamesNobodyError) as refused:
        normalise(platform, typed)
    said = "This address does not say whose profile it is. Enter the address of the profile itself, which begins with "
    assert refused.value.message == f"{said}{KNOWN[platform].home}, or the handle"


def test_every_platform_that_is_known_has_addresses_that_name_nobody() -> None:
    assert {platform for platform, _ in NAMES_NOBODY} == set(KNOWN)
    assert all(KNOWN[platform].nobody for platform in KNOWN)


@pytest.mark.parametrize("host", ["fb.me", "fb.watch", "vm.tiktok.com", "youtu.be", "lnkd.in", "t.snapchat.com"])
def test_a_shortened_address_names_nobody(host: str) -> None:
    with pytest.raises(NamesNobodyError, match="address") as refused:
        normalise(Platform.FACEBOOK, f"https://{host}/AbC")
    assert "shortened address" in refused.value.message


def test_the_invitation_of_a_group_is_no_telephone_number() -> None:
    with pytest.raises(NamesNobodyError):
        normalise(Platform.WHATSAPP, "https://chat.whatsapp.com/Ab1234567Cd")


def test_what_was_encoded_very_often_is_refused_at_once() -> None:
    """Decoding it until nothing changes is quadratic: a megabyte of it would keep a thread for hours."""
    began = time.perf_counter()
    for typed in ("%" + "25" * 148 + "41", "%" + "25" * 500_000 + "41"):
        with pytest.raises(ProblemError):
            normalise(Platform.FACEBOOK, typed)
        assert guess_platform(typed) is None
    assert time.perf_counter() - began < 0.5


@pytest.mark.parametrize("typed", ["x" * 301, "https://facebook.com/jane?" + "a" * 300])
def test_what_is_longer_than_any_address_is_refused_before_it_is_read(
    typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profiles, "unquote", lambda _: pytest.fail("it was read"))
    for read in (TypedProfile(address=typed), TypedProfile(address=typed, platform=Platform.FACEBOOK)):
        with pytest.raises(ProblemError) as refused:
            read_profile(read)
        assert refused.value.message == "The address must be 300 characters or fewer"


@pytest.mark.parametrize(
    ("platform", "typed"),
    [
        (Platform.FACEBOOK, ""),
        (Platform.FACEBOOK, " @ "),
        (Platform.FACEBOOK, "https://www.facebook.com/"),
        (Platform.FACEBOOK, "https://instagram.com/jane"),
        (Platform.OTHER, "https://instagram.com/jane"),
        (Platform.TIKTOK, "https://vm.tiktok.com/ZM1"),
        (Platform.WHATSAPP, "jane"),
        (Platform.OTHER, "x" * 201),
    ],
)
def test_what_does_not_say_whose_profile_it_is_is_refused(platform: Platform, typed: str) -> None:
    with pytest.raises(ProblemError) as refused:
        normalise(platform, typed)
    assert refused.value.field == "address"
