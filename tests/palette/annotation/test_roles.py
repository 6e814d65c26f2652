"""Which part each colour plays, and which one is the background."""

import numpy as np
import pytest

from palette import RGB, Role, Swatch, extract
from palette.annotation.roles import assign_roles
from palette.color.oklab import srgb_to_oklab
from tests.palette.images import encode, noise

GRAY: RGB = (128, 128, 128)
SAND: RGB = (214, 196, 160)


def roles_of(colors: dict[RGB, float]) -> dict[RGB, tuple[Role, ...]]:
    roles = assign_roles(srgb_to_oklab(list(colors)), np.array(list(colors.values())))
    return dict(zip(colors, roles, strict=True))


@pytest.mark.parametrize(
    ("rgb", "roles"),
    [
        ((0, 0, 0), {Role.DARK, Role.MUTED}),
        ((255, 255, 255), {Role.LIGHT, Role.MUTED}),
        (GRAY, {Role.MUTED}),
        ((255, 0, 0), {Role.VIBRANT}),
        ((60, 0, 110), {Role.DARK, Role.VIBRANT}),
        ((255, 255, 0), {Role.LIGHT, Role.VIBRANT}),
        ((150, 110, 90), set()),
    ],
)
def test_roles_follow_from_lightness_and_chroma(rgb: RGB, roles: set[Role]) -> None:
    assert set(roles_of({rgb: 1.0})[rgb]) - {Role.DOMINANT} == roles


def test_only_the_largest_share_is_dominant() -> None:
    assigned = roles_of({(0, 0, 0): 0.3, GRAY: 0.5, (255, 255, 255): 0.2})
    assert [rgb for rgb, roles in assigned.items() if Role.DOMINANT in roles] == [GRAY]


def test_first_of_equal_shares_is_dominant() -> None:
    assigned = roles_of({(0, 0, 0): 0.5, GRAY: 0.5})
    assert Role.DOMINANT in assigned[0, 0, 0]
    assert Role.DOMINANT not in assigned[GRAY]


@pytest.mark.parametrize(
    ("rgb", "share", "is_accent"),
    [
        ((255, 0, 0), 0.05, True),
        ((255, 0, 0), 0.06, False),  # too large
        ((150, 110, 90), 0.05, False),  # not vivid
        ((0, 0, 200), 0.05, False),  # there is a blue already
        ((0, 240, 0), 0.01, True),  # of two greens, the larger one
        ((0, 220, 0), 0.005, False),
    ],
)
def test_accent_is_small_vivid_and_isolated(rgb: RGB, share: float, *, is_accent: bool) -> None:
    others = {(0, 0, 255): 0.1, (0, 230, 0): 0.006, rgb: share}
    assigned = roles_of({GRAY: 1 - sum(others.values()), **others})
    assert (Role.ACCENT in assigned[rgb]) == is_accent


def test_roles_are_in_the_order_of_the_enum() -> None:
    (roles,) = roles_of({(255, 255, 0): 1.0}).values()
    assert roles == (Role.DOMINANT, Role.LIGHT, Role.VIBRANT)


def background_of(pixels: np.ndarray) -> Swatch | None:
    return extract(encode(pixels)).background


def framed(inside: np.ndarray, border: int) -> np.ndarray:
    """Return pixels with a border of sand around them."""
    height, width, channels = inside.shape
    pixels = np.empty((height + 2 * border, width + 2 * border, channels), np.uint8)
    pixels[:] = (*SAND, 255)[:channels]
    pixels[border:-border, border:-border] = inside
    return pixels


def test_color_that_covers_the_border_is_the_background() -> None:
    palette = extract(encode(framed(noise(100, 100), border=3)))
    assert palette.background in palette.swatches
    assert palette.background == min(
        palette, key=lambda swatch: np.abs(np.subtract(swatch.rgb, SAND)).sum()
    )


def test_hairline_frame_is_no_background() -> None:
    assert background_of(framed(noise(300, 300), border=1)) is None


def test_flat_image_is_its_own_background() -> None:
    palette = extract(encode(np.full((5, 5, 3), SAND, np.uint8)))
    assert palette.background == palette.dominant


def test_border_of_many_colors_has_no_background() -> None:
    sides = np.zeros((4, 4, 3), np.uint8)
    sides[:2, :2], sides[:2, 2:], sides[2:, :2] = (255, 0, 0), (0, 255, 0), (0, 0, 255)
    assert background_of(sides.repeat(8, axis=0).repeat(8, axis=1)) is None


def test_background_covers_more_than_half_of_the_border() -> None:
    halves = np.zeros((20, 20, 3), np.uint8)
    halves[:, 10:] = SAND
    assert background_of(halves) is None
    halves[:, 9:] = SAND
    assert background_of(halves).rgb == SAND


def test_transparent_border_is_no_background() -> None:
    square = np.zeros((40, 40, 4), np.uint8)
    square[10:30, 10:30] = (200, 30, 60, 255)
    assert background_of(square) is None
    assert background_of(square[10:30, 10:30]).rgb == (200, 30, 60)
