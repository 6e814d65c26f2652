"""What a worker process does with hostile files."""

import palette


def look(cases: list[tuple[str, bytes]]) -> list[str]:
    """Tell the outcome of each case: a type's name, or what is wrong."""
    return [_outcome(data) for _, data in cases]


def _outcome(data: bytes) -> str:
    try:
        found = palette.extract(data)
    except palette.PaletteError as refusal:
        sentence = str(refusal)
        told = sentence.endswith(".") and sentence.isprintable()
        return type(refusal).__name__ if told else f"wrong: {sentence!r} is no sentence"
    except MemoryError:
        return "MemoryError"
    except Exception as error:  # noqa: BLE001, whatever it is, the case is to be named
        return f"wrong: {error!r}"
    return "Palette" if 1 <= len(found) <= 10 else f"wrong: {len(found)} colours"
