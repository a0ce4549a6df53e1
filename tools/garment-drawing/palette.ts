// Palette: merchants' color labels with their RGB and color family, and functions that mix shades.
export type Rgb = readonly [red: number, green: number, blue: number];

interface Swatch {
  rgb: Rgb;
  family: string;
}

const swatch = (hex: string, family: string): Swatch => ({ rgb: parseHex(hex), family });

/** Color labels in the spelling of shops → 8-bit sRGB and color family. */
export const PALETTE = {
  Black: swatch('#1d1d20', 'black'),
  Charcoal: swatch('#3d4147', 'grey'),
  White: swatch('#f7f7f5', 'white'),
  'Off White': swatch('#f1ecdf', 'white'),
  Cream: swatch('#f2e6c6', 'beige'),
  Grey: swatch('#8d9197', 'grey'),
  'Grey Melange': swatch('#aeb1b5', 'grey'),
  Silver: swatch('#c3c7cc', 'grey'),
  Beige: swatch('#d9c3a0', 'beige'),
  Nude: swatch('#dfb99c', 'beige'),
  Skin: swatch('#e3bd9d', 'beige'),
  Tan: swatch('#bd8a55', 'brown'),
  Khaki: swatch('#a99a70', 'beige'),
  Taupe: swatch('#8b7b6c', 'brown'),
  'Mushroom Brown': swatch('#a08c79', 'brown'),
  Brown: swatch('#6b4429', 'brown'),
  'Coffee Brown': swatch('#4b3124', 'brown'),
  Rust: swatch('#a94a24', 'orange'),
  Copper: swatch('#b06a3b', 'brown'),
  Bronze: swatch('#8c6a3c', 'brown'),
  Gold: swatch('#cfa74a', 'yellow'),
  Mustard: swatch('#d09a25', 'yellow'),
  Yellow: swatch('#f3cf2f', 'yellow'),
  Orange: swatch('#ec7a24', 'orange'),
  Peach: swatch('#f7b694', 'orange'),
  Red: swatch('#c9202b', 'red'),
  Maroon: swatch('#6d1a26', 'red'),
  Burgundy: swatch('#74162f', 'red'),
  Rose: swatch('#d8677f', 'pink'),
  Pink: swatch('#ee86aa', 'pink'),
  Magenta: swatch('#c4227e', 'pink'),
  Mauve: swatch('#a97c9b', 'purple'),
  Lavender: swatch('#b9a6da', 'purple'),
  Purple: swatch('#6b3391', 'purple'),
  'Navy Blue': swatch('#1f2c52', 'blue'),
  Blue: swatch('#2c5cb0', 'blue'),
  'Turquoise Blue': swatch('#26aec2', 'turquoise'),
  Teal: swatch('#147377', 'turquoise'),
  'Sea Green': swatch('#2f9a74', 'green'),
  Green: swatch('#2f8541', 'green'),
  'Lime Green': swatch('#97c62e', 'green'),
  'Fluorescent Green': swatch('#a8f01f', 'green'),
  Olive: swatch('#62672f', 'green'),
} as const satisfies Record<string, Swatch>;

export type ColorLabel = keyof typeof PALETTE;
export const COLOR_LABELS = Object.keys(PALETTE) as ColorLabel[];

/** Returns the 8-bit sRGB of a label. */
export const rgbOf = (label: ColorLabel): Rgb => PALETTE[label].rgb;

/** Returns `#rrggbb` with rounded channels, clamped to 0…255. */
export function hex(rgb: Rgb): string {
  const channel = (value: number): string =>
    Math.round(Math.min(255, Math.max(0, value)))
      .toString(16)
      .padStart(2, '0');
  return `#${rgb.map(channel).join('')}`;
}

/** Returns the color at a share (0…1) of the way from one color to another. */
export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const channel = (index: 0 | 1 | 2): number => from[index] + (to[index] - from[index]) * share;
  return [channel(0), channel(1), channel(2)];
}

/** Returns a color darkened by a share, towards a blue-violet black because shade on cloth is cooler than light. */
export const darker = (rgb: Rgb, share: number): Rgb => mix(rgb, [12, 8, 26], share);
export const lighter = (rgb: Rgb, share: number): Rgb => mix(rgb, [255, 253, 248], share);

/** Returns the perceived lightness by Rec. 601 luma: 0 is black, 1 is white. */
export const lightness = ([red, green, blue]: Rgb): number => (0.299 * red + 0.587 * green + 0.114 * blue) / 255;

function parseHex(text: string): Rgb {
  const at = (start: number): number => Number.parseInt(text.slice(start, start + 2), 16);
  return [at(1), at(3), at(5)];
}
