"""What the columns of the report mean."""

from tests.bench.seen import Sights


def legend(sights: Sights, k: int) -> str:
    """Return the meaning of each column, as a list in Markdown."""
    collections = {picked.collection for picked in sights.hand_picked}
    counts = [len(drawing.colors) for drawing in sights.drawings]
    return f"""\
- **things pointed at**: how many of {sum(len(each.colors) for each in sights.things)} things that
  a person would point at, in {len(sights.things)} images, have their colour in the palette, within
  ΔE2000 10. **hand-picked**: the same for the colours that people picked by hand from
  {len(sights.hand_picked)} images, as the mean of the images and then of the {len(collections)}
  collections. **within 6**: the same within ΔE2000 6. A "—" stands for what was not measured.
- **accents**: how often the palette has, within ΔE2000 8, the colour of one small vivid object that
  covers 0.3 % of the image and is ΔE2000 > 20 from everything else; {len(sights.accents)} images.
- **drawn** and **edges**: for {len(sights.drawings)} flat drawings (rings, discs, words, a chart
  and a flag, made large and reduced with three filters) of {min(counts)} to {max(counts)} colours,
  fewer than the {k} asked for. **drawn**: how many of these colours the palettes have, within
  ΔE2000 4. **edges**: swatches farther than that from every colour of the drawing, so that they are
  only smoothed edges; the sum over the drawings.
- **near-blacks**: colours with a CIELAB L* under 20, beyond the first in each palette; the sum over
  the images. **near pairs**: pairs of colours below ΔE2000 3; also the sum.
- **time**: median over the images, from the file's bytes in memory to the colours; the time of each
  image is itself the median of up to five runs. **/ floor**: that divided by the fastest decode of
  the same file to 256 x 256 pixels, timed alternately with it.
- **ΔE_OK**: how far a pixel is from its nearest colour of the palette (a hundred times the distance
  in OKLab), over all visible, colour-managed pixels averaged down to 0.4 megapixels.
  **/ reference**: that divided by the best of ten full k-means runs on the same pixels, mean and
  median over the images (a tool that looks at hidden pixels, or only at the first frame of an
  animation, is far off in some of them). **ΔE2000** and **95 %**: the same as CIEDE2000, mean
  and 95th percentile.
- **returned**: colours for {k} asked for.
- **peak MB**: the most memory that an image took, above the idle process.
"""
