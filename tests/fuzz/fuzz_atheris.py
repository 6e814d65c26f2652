"""Look for hostile files by coverage, for as long as one likes; never part of the test run.

    pip install atheris
    python -m tests.fuzz.fuzz_atheris FOLDER -max_total_time=600 -rss_limit_mb=2048 -timeout=20

FOLDER keeps what reached new code, and is begun with the sound files of the corpus; every argument
but that is libFuzzer's. Coverage is that of ``palette`` and of Pillow's readers, which are Python;
the decoders below them are libraries that their own projects fuzz all year round. Half of all
changes to PNGs get sound checksums, else none would be looked into.

A finding, anything but a palette or a refusal, ends the run and is written to ``crash-…`` in the
working directory. Add what it shows to the corpus, with the mend.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["palette", "PIL", "pillow_heif"]):
    import palette

from tests.fuzz.seeds import seeds
from tests.fuzz.structure import repaired


def look(data: bytes) -> None:
    try:
        palette.extract(data, 3)
    except (palette.PaletteError, MemoryError):
        return


def change(data: bytes, max_size: int, seed: int) -> bytes:
    changed = atheris.Mutate(data, max_size)
    return repaired(changed)[:max_size] if seed % 2 else changed


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    if not any(folder.iterdir()):
        for number, (_, data) in enumerate(seeds()):
            (folder / f"seed-{number}").write_bytes(data)
    atheris.Setup(sys.argv, look, custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
