"""Search for hostile files by coverage, as long as you like; never part of the test run.

    pip install atheris
    python -m tests.fuzz.fuzz_atheris FOLDER -max_total_time=600 -rss_limit_mb=2048 -timeout=20

FOLDER collects what reached new code; a new one starts with the intact files of the corpus. All
other arguments are libFuzzer's. Coverage includes ``palette`` and Pillow's readers, which are
Python; the decoders below them are libraries that their own projects fuzz all year round. Half of
all changed PNGs get correct checksums; otherwise nothing in them would be read.

A finding, anything but a palette or a refusal, ends the run and is written to ``crash-…`` in the
working directory. Add what it shows to the corpus, together with the fix.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["palette", "PIL", "pillow_heif", "pillow_jxl"]):
    import palette

from tests.fuzz.seeds import seeds
from tests.fuzz.structure import repair_checksums


def extract_or_refuse(data: bytes) -> None:
    try:
        palette.extract(data, 3)
    except (palette.PaletteError, MemoryError):
        return


def mutate(data: bytes, max_size: int, seed: int) -> bytes:
    mutated = atheris.Mutate(data, max_size)
    return repair_checksums(mutated)[:max_size] if seed % 2 else mutated


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    if not any(folder.iterdir()):
        for number, (_, data) in enumerate(seeds()):
            (folder / f"seed-{number}").write_bytes(data)
    atheris.Setup(sys.argv, extract_or_refuse, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
