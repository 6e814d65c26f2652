"""Palettes that are zip archives: Procreate's and Krita's."""

import io
import json
import zipfile
from collections.abc import Mapping
from colorsys import rgb_to_hsv
from xml.etree import ElementTree as ET

from palette.model import Palette, Swatch


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive of these files, by their names, uncompressed and in this order."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as target:
        for name, content in files.items():
            # A ZipInfo has no time of day, unlike a plain name: equal palettes give equal bytes.
            target.writestr(zipfile.ZipInfo(name), content)
    return data.getvalue()


def write_swatches(palette: Palette, title: str) -> bytes:
    """Return Procreate swatches: an archive of ``Swatches.json``.

    Procreate publishes no specification; this is the older of the two layouts that it exports, and
    it still reads it (hue, saturation and brightness, each 0 to 1; colour space 0 is sRGB). The
    palette has a name, its colours have none.
    """
    content = [{"name": title, "swatches": [_procreate_color(swatch) for swatch in palette]}]
    return archive({"Swatches.json": json.dumps(content).encode()})


def write_kpl(palette: Palette, title: str) -> bytes:
    """Return a Krita palette: one row of named colours.

    Format: "The Krita Palette format KPL" in Krita's documentation. The element ``sRGB`` needs no
    profile, so the list of profiles is empty.
    """
    size = {"columns": str(len(palette)), "rows": "1"}
    colors = ET.Element("Colorset", {"version": "1.0", "name": title, "comment": "", **size})
    for column, swatch in enumerate(palette):
        attributes = {"name": swatch.name, "id": str(column), "spot": "false", "bitdepth": "U8"}
        entry = ET.SubElement(colors, "ColorSetEntry", attributes)
        channels = (f"{channel / 255:.6f}" for channel in swatch.rgb)
        ET.SubElement(entry, "sRGB", dict(zip("rgb", channels, strict=True)))
        ET.SubElement(entry, "Position", {"row": "0", "column": str(column)})
    return archive(
        {
            "mimetype": b"application/x-krita-palette",  # first, for those who look at the bytes
            "colorset.xml": ET.tostring(colors, encoding="utf-8", xml_declaration=True),
            "profiles.xml": b"<Profiles/>",
        }
    )


def _procreate_color(swatch: Swatch) -> dict[str, float]:
    red, green, blue = (channel / 255 for channel in swatch.rgb)
    hue, saturation, brightness = rgb_to_hsv(red, green, blue)
    return {
        "hue": hue,
        "saturation": saturation,
        "brightness": brightness,
        "alpha": 1,
        "colorSpace": 0,
    }
