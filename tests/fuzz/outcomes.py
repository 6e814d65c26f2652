"""What a worker process does with hostile files."""

import palette


def find_outcomes(cases: list[tuple[str, bytes]]) -> list[str]:
    """Return the outcome of each case: the name of a type, or what is wrong."""
    return [_find_outcome(data) for _, data in cases]


def _find_outcome(data: bytes) -> str:
    try:
        found = palette.extract(data)
    except palette.PaletteError as error:
        sentence = str(error)
        is_sentence = sentence.endswith(".") and sentence.isprintable()
        return type(error).__name__ if is_sentence else f"wrong: {sentence!r} is no sentence"
    except MemoryError:
        return "MemoryError"
    except Exception as error:  # noqa: BLE001, whatever it is, the case is to be named
        return f"wrong: {error!r}"
    return "Palette" if 1 <= len(found) <= 10 else f"wrong: {len(found)} colours"
