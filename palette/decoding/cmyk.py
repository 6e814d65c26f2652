"""What CMYK without a profile looks like: web offset printing on coated paper (SWOP)."""

import numpy as np

from palette.color.arrays import Bytes

# The sixteen overprints of full inks, rows counted in binary cmyk (0000 is paper, 0001 black ink),
# as sRGB; negative values are outside sRGB. Fitted, together with the two terms of the ink curve,
# to US Web Coated (SWOP) v2: the root mean square error over all tints is 5 of 255.
_OVERPRINTS = np.array(
    [
        [(255, 255, 255), (35, 31, 32), (255, 242, 25), (27, 25, -20)],
        [(236, 25, 140), (35, -32, 1), (237, 28, 36), (34, -9, -29)],
        [(-78, 174, 239), (-45, 14, 35), (-18, 166, 80), (-37, 18, -8)],
        [(46, 48, 146), (-4, -28, 1), (54, 54, 57), (-18, -27, -26)],
    ],
    np.float64,
).reshape(2, 2, 2, 2, 3)
_GAIN, _SKEW = -0.049, 0.061


def cmyk_to_srgb(cmyk: Bytes) -> Bytes:
    """Convert ink coverages, shape (…, 4), 0 (none) to 255 (full), to sRGB bytes, shape (…, 3).

    Neugebauer's model: every point shows the overprints in proportion to the areas that the four
    inks, printed independently of each other, cover and leave bare (Demichel's equations).
    """
    ink = cmyk / 255.0
    covered = ink + 4 * ink * (1 - ink) * (_GAIN + _SKEW * (1 - 2 * ink))
    areas = np.stack([1 - covered, covered], axis=-1)
    mixed = np.einsum(
        "...c,...m,...y,...k,cmykx->...x",
        *(areas[..., channel, :] for channel in range(4)),
        _OVERPRINTS,
        optimize=True,
    )
    return np.rint(np.clip(mixed, 0, 255)).astype(np.uint8)
