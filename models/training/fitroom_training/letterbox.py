"""Preprocessing of a picture file to the square of pixels that image.onnx takes. The server does exactly the same
with sharp."""

from __future__ import annotations

import numpy as np
import pyvips


def letterbox(encoded: bytes, size: int) -> np.ndarray:
    """Decodes, rotates, resizes and centers one picture.

    1. rotate by EXIF, flatten alpha on white, convert to 8-bit sRGB (three channels);
    2. resize with libvips' lanczos3 (antialiased, no shrink-on-load) so that the longer side is `size` and the other
       side max(1, round(side * size / longer)), half away from zero; smaller pictures are enlarged;
    3. pad to `size` x `size`: the picture's left and top are floor((size - width) / 2) and
       floor((size - height) / 2); the padding is `border_colour` of the resized picture.

    Returns uint8 [size, size, 3], RGB. Raises pyvips.Error for bytes that are not a picture.
    """
    image = upright(encoded)
    longer = max(image.width, image.height)
    width, height = (max(1, int(side * size / longer + 0.5)) for side in (image.width, image.height))
    image = image.resize(width / image.width, vscale=height / image.height, kernel="lanczos3")
    pixels = image.numpy()[:, :, :3]
    square = np.empty((size, size, 3), np.uint8)
    square[:] = border_colour(pixels)
    left, top = (size - pixels.shape[1]) // 2, (size - pixels.shape[0]) // 2
    square[top : top + pixels.shape[0], left : left + pixels.shape[1]] = pixels
    return square


def upright(encoded: bytes) -> pyvips.Image:
    """Step 1: decodes, rotates by EXIF, flattens alpha on white, and converts to 8-bit sRGB."""
    image = pyvips.Image.new_from_buffer(encoded, "", access="sequential").autorot()
    if image.hasalpha():
        image = image.flatten(background=[255, 255, 255])
    return image.colourspace("srgb").cast("uchar")


def border_colour(pixels: np.ndarray) -> np.ndarray:
    """Returns the median color of the outermost one-pixel ring of `pixels` (uint8 [h, w, 3]); each ring pixel counts
    once.

    Per channel; for an even count the floor of the mean of the two middle values. Returns uint8 [3].
    """
    if min(pixels.shape[:2]) <= 2:
        ring = pixels.reshape(-1, 3)
    else:
        sides = (pixels[0], pixels[-1], pixels[1:-1, 0], pixels[1:-1, -1])
        ring = np.concatenate(sides)
    ring = np.sort(ring, axis=0).astype(np.uint16)
    count = len(ring)
    return ((ring[(count - 1) // 2] + ring[count // 2]) // 2).astype(np.uint8)
