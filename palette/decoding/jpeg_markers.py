"""The markers that begin the parts of a JPEG (ITU T.81, table B.1), each after a byte 0xFF."""

SEQUENTIAL_FRAMES = frozenset({0xC0, 0xC1})
PROGRESSIVE_FRAME = 0xC2
START_OF_SCAN = 0xDA
END_OF_IMAGE = 0xD9
HEADER_SEGMENTS = SEQUENTIAL_FRAMES | {
    PROGRESSIVE_FRAME,
    0xC4,  # Huffman tables
    0xDB,  # quantization tables
    0xDD,  # restart interval
    *range(0xE0, 0xF0),  # application data
    0xFE,  # comment
}
WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xDA)})
