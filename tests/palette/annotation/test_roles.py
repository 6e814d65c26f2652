import numpy as np
import pytest

from palette import RGB, Role
from palette.annotation.roles import assign_roles
from palette.color.oklab import srgb_to_oklab

GRAY: RGB = (128, 128, 128)


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
    ],
)
def test_accent_is_small_vivid_and_isolated(rgb: RGB, share: float, *, is_accent: bool) -> None:
    assigned = roles_of({GRAY: 0.9 - share, (0, 0, 255): 0.1, rgb: share})
    assert (Role.ACCENT in assigned[rgb]) == is_accent


def test_roles_are_in_the_order_of_the_enum() -> None:
    (roles,) = roles_of({(255, 255, 0): 1.0}).values()
    assert roles == (Role.DOMINANT, Role.LIGHT, Role.VIBRANT)
