"""Which files are looked at, by what their names and Discord say of them."""

import pytest

from bot.sources.attachments import can_be_image, may_be_image


@pytest.mark.parametrize(
    ("filename", "content_type"),
    [
        ("wave.apng", None),
        ("WAVE.APNG", "application/octet-stream"),
        ("scan.pjpeg", "text/plain"),
        ("download", "image/apng"),
        ("download", "image/vnd.mozilla.apng"),
        ("download", "image/pjpeg"),
        ("download", "image/jpg"),
        ("download", "image/x-ms-bmp"),
        ("download", "image/heic-sequence"),
        ("download", "IMAGE/PNG"),
        ("download", "Image/Jpeg; charset=UTF-8"),
        ("download.bin", ' image/webp ;name="a.webp"'),
    ],
)
def test_what_claims_to_be_an_image(filename: str, content_type: str | None) -> None:
    assert can_be_image(filename, content_type)


@pytest.mark.parametrize("content_type", [None, "", "application/octet-stream"])
@pytest.mark.parametrize("filename", ["IMG_0001", "photo.", ".hidden"])
def test_what_says_nothing_may_be_one(filename: str, content_type: str | None) -> None:
    assert may_be_image(filename, content_type)
    assert not can_be_image(filename, content_type)


@pytest.mark.parametrize(
    ("filename", "content_type"),
    [
        ("all.zip", "application/zip"),
        ("all.zip", None),
        ("clip.mp4", "video/mp4"),
        ("clip", "video/mp4"),
        ("LICENSE", "text/plain; charset=utf-8"),
        ("logo.svg", "image/svg+xml"),
        ("logo", "image/svg+xml"),
        ("layers.psd", "image/vnd.adobe.photoshop"),
        ("png", "application/pdf"),
        ("data", "image"),
        ("data", "model/png"),
    ],
)
def test_what_claims_to_be_something_else_is_not(filename: str, content_type: str | None) -> None:
    assert not may_be_image(filename, content_type)
