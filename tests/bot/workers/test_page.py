"""Which picture a web page names, however badly the page is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.workers.page import PictureSearch

PAGE = "https://example.org/art/page?id=1"


def picture(html: str | bytes, url: str = PAGE) -> str:
    return PictureSearch(html.encode() if isinstance(html, str) else html, url).run()


GOOD = '<meta property="og:image" content="https://cdn.example/a.png">'
GOOD_FOR_X = '<meta name="twitter:image" content="https://cdn.example/a.png">'
OTHER = '<meta property="og:image" content="{}">'


@pytest.mark.parametrize(
    "tags",
    [
        GOOD,
        GOOD_FOR_X,
        "<META PROPERTY=og:image CONTENT=https://cdn.example/a.png />",
        "<meta content='https://cdn.example/a.png' name='twitter:image'>",
        '<meta name="twitter:image:src" content="\n https://cdn.example/a.png ">',
        '<meta property="og:image:secure_url" content="https://cdn.example/a.png">',
        '<meta property="OG:Image" content="//cdn.example/a.png">',
        """<meta data-x="<meta property='og:image' content='no'>" property="og:image"
            content="https&#58;//cdn.example/a.png">""",
        OTHER.format("") + GOOD,
        OTHER.format("data:image/png;base64,AAAA") + GOOD_FOR_X,
        OTHER.format("http://[") + GOOD_FOR_X,
        f"<!-- {OTHER} --><script>'{OTHER}'</script>{GOOD}",
        '<meta name="twitter:image" content="no">' + GOOD + OTHER,
    ],
)
def test_the_picture_is_found(tags: str) -> None:
    page = f"<!DOCTYPE html><html><head><title>a</title>{tags}"
    assert picture(page) == "https://cdn.example/a.png"


@pytest.mark.parametrize(
    ("address", "absolute"),
    [
        ("a.png", "https://example.org/art/a.png"),
        ("/a.png?w=1&amp;h=2", "https://example.org/a.png?w=1&h=2"),
        ("?id=2", "https://example.org/art/page?id=2"),
        ("http://169.254.169.254/a", "http://169.254.169.254/a"),  # the fetcher refuses it
    ],
)
def test_an_address_is_read_as_on_its_page(address: str, absolute: str) -> None:
    assert picture(f'<meta property="og:image" content="{address}">') == absolute


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<html><p>words",
        '<meta property="og:image">',
        '<meta property="og:title" content="https://cdn.example/a.png">',
        '<link property="og:image" content="https://cdn.example/a.png">',
        '<meta property="og:image" content="javascript:alert(1)">',
        '<meta property="og:image" content="file:///etc/passwd">',
        f'<meta property="og:image" content="https://cdn.example/{"a" * 5000}">',
        '<![foo[<meta property="og:image" content="https://cdn.example/a.png">',
    ],
)
def test_a_page_without_a_usable_picture(html: str) -> None:
    assert picture(html) == ""


def test_what_is_found_before_the_page_breaks_off_counts() -> None:
    tag = b'<meta name="twitter:image" content="https://cdn.example/a.png">'
    for rest in (b"<![foo[", b"<meta", b"\xff\xfe\0<", b"<!--", b"x" * 600_000):
        assert picture(b"<html>" + tag + rest) == "https://cdn.example/a.png"


_PIECES = ["<", "<!", "<!--", "<![", "[", "]]>", ">", "</", "<meta ", "property=", "og:image"]
_PIECES += [" content=", '"', "'", "&", "&#x", ";", "<script>", "</script>", "<?", "%", "http://["]


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=3)).map("".join))
def test_no_page_raises_anything(html: str) -> None:
    assert picture(html.encode("utf-8", "replace")).startswith(("", "http"))
