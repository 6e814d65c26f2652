import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as npst
from PIL import Image

from palette import RGB, extract
from palette.color.oklab import srgb_to_oklab
from palette.decoding.cmyk import cmyk_to_srgb
from tests.palette.images import encode

inks = npst.arrays(np.uint8, 4)


@pytest.mark.parametrize(
    ("cmyk", "published"),
    [
        # What Adobe's programs show for the inks of US Web Coated (SWOP) v2.
        ((0, 0, 0, 0), (255, 255, 255)),
        ((255, 0, 0, 0), (0, 174, 239)),
        ((0, 255, 0, 0), (236, 0, 140)),
        ((0, 0, 255, 0), (255, 242, 0)),
        ((0, 0, 0, 255), (35, 31, 32)),
        ((0, 255, 255, 0), (237, 28, 36)),
        ((255, 0, 255, 0), (0, 166, 81)),
        ((255, 255, 0, 0), (46, 49, 146)),
        ((0, 0, 0, 128), (147, 149, 152)),
        ((255, 255, 255, 255), (0, 0, 0)),
    ],
)
def test_inks_look_as_on_coated_paper(cmyk: tuple[int, int, int, int], published: RGB) -> None:
    seen = cmyk_to_srgb(np.array(cmyk, np.uint8))
    lab, expected = srgb_to_oklab(seen), srgb_to_oklab(published)
    assert np.linalg.norm(lab - expected) < 0.04


@given(inks)
def test_more_black_is_never_lighter(cmyk: np.ndarray) -> None:
    ramp = np.repeat(cmyk[None], 256, axis=0)
    ramp[:, 3] = range(256)
    lightness = srgb_to_oklab(cmyk_to_srgb(ramp))[:, 0]
    assert (np.diff(lightness) <= 0.01).all()


def test_shape_is_kept() -> None:
    assert cmyk_to_srgb(np.zeros((2, 5, 4), np.uint8)).shape == (2, 5, 3)


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_cmyk_files_have_these_colors(kind: str) -> None:
    """A JPEG stores its inks inverted, a TIFF does not."""
    image = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    (swatch,) = extract(encode(image, kind, **({"quality": 100} if kind == "JPEG" else {})))
    assert swatch.rgb == pytest.approx((237, 28, 36), abs=3)
