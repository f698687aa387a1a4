"""Two spellings of one profile are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.people.platforms import KNOWN
from tracker.people.problems import ProblemError
from tracker.people.profiles import guess_platform, normalise
from tracker.policy.vocabulary import Platform

SPELLINGS: list[tuple[Platform, str, list[str]]] = [
    (
        Platform.FACEBOOK,
        "jane.doe",
        [
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
        ],
    ),
    (Platform.FACEBOOK, "groups/northshire", ["https://www.facebook.com/groups/Northshire/permalink/1"]),
    (Platform.INSTAGRAM, "jane_doe", ["https://instagram.com/Jane_Doe/?hl=en", "@jane_doe", "instagram.com/stories/jane_doe/1"]),
    (
        Platform.X,
        "janedoe",
        [
            "https://twitter.com/JaneDoe",
            "https://x.com/janedoe/status/99",
            "mobile.twitter.com/janedoe?lang=en",
            "https://twitter.com/#!/janedoe",
            "https://twitter.com/intent/user?screen_name=JaneDoe",
            "@JaneDoe",
        ],
    ),
    (Platform.TIKTOK, "jane.doe", ["https://www.tiktok.com/@Jane.Doe", "tiktok.com/@jane.doe/video/77?lang=en", "@jane.doe"]),
    (Platform.YOUTUBE, "janedoe", ["https://www.youtube.com/@JaneDoe/videos", "m.youtube.com/@janedoe", "@janedoe"]),
    (Platform.YOUTUBE, "channel/UCaBc", ["https://www.youtube.com/channel/UCaBc/about"]),
    (Platform.YOUTUBE, "c/janedoe", ["youtube.com/c/JaneDoe"]),
    (Platform.LINKEDIN, "jane-doe-1", ["https://uk.linkedin.com/in/Jane-Doe-1/en", "linkedin.com/in/jane-doe-1?trk=x", "jane-doe-1"]),
    (Platform.LINKEDIN, "company/northshire", ["https://www.linkedin.com/company/Northshire/"]),
    (Platform.REDDIT, "jane_doe", ["https://old.reddit.com/u/Jane_Doe", "reddit.com/user/jane_doe/comments", "u/jane_doe"]),
    (Platform.THREADS, "jane", ["https://www.threads.net/@jane", "threads.com/@Jane/post/1"]),
    (Platform.SNAPCHAT, "jane", ["https://www.snapchat.com/add/Jane", "snapchat.com/@jane"]),
    (Platform.TELEGRAM, "jane", ["https://t.me/Jane", "t.me/s/jane", "telegram.me/jane"]),
    (Platform.WHATSAPP, "447700900123", ["07700 900 123", "+44 7700 900123", "https://wa.me/447700900123", "0044 7700900123",
                                         "https://api.whatsapp.com/send?phone=447700900123&text=hi"]),
    (Platform.DISCORD, "jane#1234", ["Jane#1234"]),
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
    assert one == ("jane.doe", "https://www.facebook.com/jane.doe")


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
    + [word for addresses in KNOWN.values() for word in addresses.skipped | addresses.kept]
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
