"""ICC profiles made in code (ICC.1:2001-04), small enough to read."""

import struct

import numpy as np
from coloraide import Color

D50 = (0.9642, 1.0, 0.8249)


def rgb_profile(space: str, gamma: float) -> bytes:
    """Return the profile of a colour space that coloraide knows, with a plain gamma curve."""
    tags = {b"wtpt": _xyz(D50)}
    for channel, name in enumerate("rgb"):
        primary = [float(channel == other) for other in range(3)]
        tags[name.encode() + b"XYZ"] = _xyz(Color(space, primary).convert("xyz-d50").coords())
        tags[name.encode() + b"TRC"] = _curve(gamma)
    return _profile(b"mntr", b"RGB ", b"XYZ ", tags)


def gray_profile(gamma: float) -> bytes:
    return _profile(b"mntr", b"GRAY", b"XYZ ", {b"wtpt": _xyz(D50), b"kTRC": _curve(gamma)})


def cmyk_profile(overprints: np.ndarray, paper: tuple[float, ...] = D50) -> bytes:
    """Return the profile of a printer with these overprints in Lab, shape (2, 2, 2, 2, 3).

    As everything in a profile, they are relative to its paper, whose colour is in XYZ.
    """
    identity = bytes(range(256))
    lab = np.rint(overprints * [2.55, 1, 1] + [0, 128, 128]).astype(np.uint8)
    unit = struct.pack(">9i", *(65536 if place % 4 == 0 else 0 for place in range(9)))
    table = struct.pack(">4sIBBBB", b"mft1", 0, 4, 3, 2, 0) + unit
    table += 4 * identity + lab.tobytes() + 3 * identity
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"wtpt": _xyz(paper), b"A2B0": table})


def with_cicp_tag(profile: bytes, *points: int) -> bytes:
    """Return a profile in which the description has given way to code points (ICC.1:2022)."""
    at = profile.index(b"desc")
    entry = struct.pack(">4sII", b"cicp", len(profile), 12)
    tag = b"cicp" + bytes(4) + bytes(points)
    size = struct.pack(">I", len(profile) + len(tag))
    return size + profile[4:at] + entry + profile[at + 12 :] + tag


def _profile(kind: bytes, space: bytes, connection: bytes, tags: dict[bytes, bytes]) -> bytes:
    tags = {b"desc": b"desc" + struct.pack(">II", 0, 5) + b"made\0" + bytes(79), **tags}
    offset = 128 + 4 + 12 * len(tags)
    directory, bodies = struct.pack(">I", len(tags)), b""
    for name, body in tags.items():
        directory += struct.pack(">4sII", name, offset + len(bodies), len(body))
        bodies += body + bytes(-len(body) % 4)
    header = struct.pack(
        ">I4sI4s4s4s12s4s28s12s48s",
        offset + len(bodies),
        b"none",
        0x02400000,
        kind,
        space,
        connection,
        bytes(12),
        b"acsp",
        bytes(28),
        _fixed(D50),
        bytes(48),
    )
    return header + directory + bodies


def _fixed(values: tuple[float, ...] | list[float]) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))


def _xyz(values: tuple[float, ...] | list[float]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(values)


def _curve(gamma: float) -> bytes:
    return b"curv" + struct.pack(">IIH", 0, 1, round(gamma * 256)) + bytes(2)
