"""TIFF files: what Pillow reads, and more."""

from typing import TYPE_CHECKING, Any, cast

from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from palette.decoding.color_management import srgb_converter
from palette.errors import UnsupportedFormatError

from .layout import COMPRESSION, PHOTOMETRIC, Layout, is_misread, read_layout
from .pixels import to_bands
from .samples import read_samples

if TYPE_CHECKING:
    import io

_ORIENTATION, _SUBSAMPLING, _ICC_PROFILE = 274, 530, 34675
_YCBCR = 6
_TURNED = frozenset({5, 6, 7, 8})  # orientations in which width and height change places


class TiffFile(TiffImageFile):
    """A TIFF whose pixels may be of kinds that Pillow does not read, or not as they are meant.

    Raises :class:`UnsupportedFormatError` for kinds that cannot be read at all.
    """

    _layout: Layout | None = None

    def _setup(self) -> None:
        """Find out, from the tags, how to read the pixels."""
        if not is_misread(self.tag_v2):
            try:
                super()._setup()
            except (SyntaxError, KeyError, OSError):
                pass  # Pillow knows no such pixels
            else:
                self._read_subsampled()
                return
        self._layout = layout = read_layout(self.tag_v2)
        if layout is None:
            raise UnsupportedFormatError("This kind of TIFF cannot be read.", "TIFF")
        size = self._tile_size = layout.width, layout.height
        self._size = size[::-1] if self.tag_v2.get(_ORIENTATION) in _TURNED else size
        self._mode = layout.mode
        self.tile = []
        if layout.has_own_mode and _ICC_PROFILE in self.tag_v2:
            self.info["icc_profile"] = self.tag_v2[_ICC_PROFILE]

    def _read_subsampled(self) -> None:
        """Leave it to libtiff, which Pillow asks for compressed ones only, to unpack YCbCr."""
        tags = self.tag_v2
        is_raw = tags.get(COMPRESSION, 1) == 1 and tags.get(PHOTOMETRIC) == _YCBCR
        if is_raw and tags.get(_SUBSAMPLING, (2, 2)) != (1, 1):
            whole = (0, 0, *self._tile_size)
            arguments = ("RGBX", False, tags.offset)
            self.tile = [
                self.tile[0]._replace(codec_name="libtiff", extents=whole, offset=0, args=arguments)
            ]
            self.use_load_libtiff = True
            self._mode = "RGB"

    def load(self) -> Any:  # noqa: ANN401, Pillow keeps the type to itself
        """Decode the pixels."""
        layout = self._layout
        if layout is None:
            return super().load()
        if self._im is None:
            data = cast("io.BytesIO", self.fp).getvalue()
            bands = to_bands(read_samples(data, self.tag_v2, layout), layout)
            self.im = _merge(bands, layout, self.tag_v2.get(_ICC_PROFILE)).im
            self.load_end()
        return Image.Image.load(self)


def _merge(bands: list[Image.Image], layout: Layout, icc: bytes | None) -> Image.Image:
    """Return the channels as one image, in sRGB if Pillow has no mode for the colours and alpha."""
    if layout.has_own_mode:
        return Image.merge(layout.mode, bands)
    colors = Image.merge(layout.color_mode, bands[:-1])
    colors.info["icc_profile"] = icc or b""
    convert, _ = srgb_converter(colors)
    shown = convert(colors)
    shown.putalpha(bands[-1])
    return shown
