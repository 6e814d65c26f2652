"""Settings of Hypothesis for all tests, and what those of both packages need."""

import pytest
from hypothesis import HealthCheck, settings
from PIL.ImageFile import ImageFile

# However busy the machine: no test fails because it is slow.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[ImageFile]:
    """Return a list to which each image is added whose pixels are decoded."""
    images: list[ImageFile] = []
    prepare = ImageFile.load_prepare

    def recorded(image: ImageFile) -> None:
        images.append(image)
        prepare(image)

    monkeypatch.setattr(ImageFile, "load_prepare", recorded)
    return images
