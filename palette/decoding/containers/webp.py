"""What the header of a WebP file says (RFC 9649)."""


def webp_size(data: bytes) -> tuple[int, int]:
    """Read the canvas size (sections 2.5 to 2.7) from the first chunk."""
    if data[12:16] == b"VP8X":
        return _little_endian(data[24:27]) + 1, _little_endian(data[27:30]) + 1
    if data[12:16] == b"VP8L":
        bits = _little_endian(data[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return _little_endian(data[26:28]) & 0x3FFF, _little_endian(data[28:30]) & 0x3FFF


def _little_endian(data: bytes) -> int:
    return int.from_bytes(data, "little")
