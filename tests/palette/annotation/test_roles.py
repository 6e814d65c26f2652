import numpy as np
import pytest

from palette import Role
from palette.annotation.roles import tell_roles
from palette.color.oklab import srgb_to_oklab

RGB = tuple[int, int, int]

GREY = (128, 128, 128)


def roles_of(colors: dict[RGB, float]) -> dict[RGB, tuple[Role, ...]]:
    told = tell_roles(srgb_to_oklab(list(colors)), np.array(list(colors.values())))
    return dict(zip(colors, told, strict=True))


@pytest.mark.parametrize(
    ("rgb", "roles"),
    [
        ((0, 0, 0), {Role.DARK, Role.MUTED}),
        ((255, 255, 255), {Role.LIGHT, Role.MUTED}),
        (GREY, {Role.MUTED}),
        ((255, 0, 0), {Role.VIBRANT}),
        ((60, 0, 110), {Role.DARK, Role.VIBRANT}),
        ((255, 255, 0), {Role.LIGHT, Role.VIBRANT}),
        ((150, 110, 90), set()),
    ],
)
def test_lightness_and_chroma_decide(rgb: RGB, roles: set[Role]) -> None:
    assert set(roles_of({rgb: 1.0})[rgb]) - {Role.DOMINANT} == roles


def test_the_largest_share_dominates_alone() -> None:
    told = roles_of({(0, 0, 0): 0.3, GREY: 0.5, (255, 255, 255): 0.2})
    assert [rgb for rgb, roles in told.items() if Role.DOMINANT in roles] == [GREY]


def test_of_equals_the_first_dominates() -> None:
    told = roles_of({(0, 0, 0): 0.5, GREY: 0.5})
    assert Role.DOMINANT in told[0, 0, 0]
    assert Role.DOMINANT not in told[GREY]


@pytest.mark.parametrize(
    ("rgb", "share", "is_accent"),
    [
        ((255, 0, 0), 0.05, True),
        ((255, 0, 0), 0.06, False),  # too large
        ((150, 110, 90), 0.05, False),  # not vivid
        ((0, 0, 200), 0.05, False),  # there is a blue already
    ],
)
def test_an_accent_is_small_vivid_and_alone(rgb: RGB, share: float, *, is_accent: bool) -> None:
    told = roles_of({GREY: 0.9 - share, (0, 0, 255): 0.1, rgb: share})
    assert (Role.ACCENT in told[rgb]) == is_accent


def test_roles_are_told_in_their_order() -> None:
    (roles,) = roles_of({(255, 255, 0): 1.0}).values()
    assert roles == (Role.DOMINANT, Role.LIGHT, Role.VIBRANT)
