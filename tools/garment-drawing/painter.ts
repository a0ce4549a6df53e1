// Painter: turns the parts of a garment into an SVG picture with colors, patterns, light, folds, edges and a backdrop.
import { Definitions, type Paint } from './definitions.js';
import { darker, hex, lightness, type Rgb } from './palette.js';
import { type Button, type Line, type Mark, type Panel, type Part } from './parts.js';
import type { Placing } from './stage.js';
import { edgeOf, seamOf, type Tones, tonesOf } from './tones.js';

export interface Scene extends Placing {
  /** Top and bottom color of the backdrop. */
  backdrop: readonly [Rgb, Rgb];
  /** Rotation in degrees about the center of the canvas. */
  rotation: number;
  mirrored: boolean;
}

/** Returns an SVG document of 600 × 800 units. */
export function paint(parts: readonly Part[], dye: Paint, scene: Scene): string {
  const brush: Brush = { colors: tonesOf(dye.inks), defs: new Definitions(dye) };
  const body = parts.map((part) => paintPart(part, brush)).join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 800" width="600" height="800">` +
    `<defs>${backdrop(scene)}${brush.defs.toString()}</defs><rect width="600" height="800" fill="url(#wall)"/>` +
    `<g transform="${placeOf(scene)}">${groundShadow(scene)}<g stroke-linejoin="round" stroke-linecap="round">${body}</g></g></svg>`
  );
}

interface Brush {
  colors: Tones;
  defs: Definitions;
}

function placeOf({ rotation, scale, mirrored, center: [x, y] }: Scene): string {
  const across = short(mirrored ? -scale : scale);
  return `translate(300 400) rotate(${short(rotation)}) scale(${across} ${short(scale)}) translate(${short(-x)} ${short(-y)})`;
}

const short = (value: number): string => String(Math.round(value * 1000) / 1000);

function backdrop({ backdrop: [top, bottom] }: Scene): string {
  return (
    `<linearGradient id="wall" x2="0" y2="1"><stop stop-color="${hex(top)}"/><stop offset="1" stop-color="${hex(bottom)}"/></linearGradient>` +
    `<radialGradient id="floor"><stop stop-color="#15131c" stop-opacity=".42"/><stop offset=".55" stop-color="#15131c" stop-opacity=".16"/><stop offset="1" stop-color="#15131c" stop-opacity="0"/></radialGradient>`
  );
}

function groundShadow({ ground }: Scene): string {
  if (!ground) return '';
  return `<ellipse cx="0" cy="${ground.y}" rx="${ground.width}" ry="${Math.max(14, ground.width * 0.085)}" fill="url(#floor)"/>`;
}

function paintPart(part: Part, brush: Brush): string {
  switch (part.kind) {
    case 'group':
      return `<g transform="${part.transform}">${part.parts.map((inner) => paintPart(inner, brush)).join('')}</g>`;
    case 'panel':
      return paintPanel(part, brush);
    case 'line':
      return paintLine(part, brush);
    case 'button':
      return paintButton(part, brush);
  }
}

function paintLine({ d, tone, width, dash }: Line, { colors }: Brush): string {
  const dashes = dash ? ` stroke-dasharray="${dash}" stroke-linecap="butt"` : '';
  return `<path d="${d}" fill="none" stroke="${hex(colors[tone])}" stroke-width="${width}"${dashes}/>`;
}

/** Draws a disc with a rim, a shadow and, if it is large enough, a hollow. */
function paintButton({ at: [x, y], radius, tone }: Button, { colors }: Brush): string {
  const color = colors[tone];
  const disc = (down: number, share: number, paint: string): string =>
    `<circle cx="${short(x)}" cy="${short(y + down)}" r="${short(radius * share)}" ${paint}/>`;
  return [
    disc(1.2, 1, 'opacity=".25"'),
    disc(0, 1, `fill="${hex(color)}" stroke="${hex(darker(color, 0.4))}" stroke-width="1"`),
    radius > 3.4 ? disc(0, 0.55, `fill="${hex(darker(color, 0.18))}"`) : '',
  ].join('');
}

function paintPanel({ d, tone, light, grain, marks, edge }: Panel, brush: Brush): string {
  const { colors, defs } = brush;
  const color = colors[tone];
  const shape = defs.shape(d);
  const over = (fill: string | undefined): string => (fill ? `<use href="#${shape}" fill="${fill}"/>` : '');
  const woven = tone === 'main' || tone === 'second' || tone === 'inside';
  const layers = [
    over(hex(color)),
    over(tone === 'main' ? defs.print(grain) : undefined),
    over(woven ? defs.weave(grain) : undefined),
    over(light === 'none' ? undefined : defs.light(light)),
    marks.length
      ? `<g clip-path="url(#c${shape})">${marks.map((mark) => paintMark(mark, color, brush)).join('')}</g>`
      : '',
    edge ? `<use href="#${shape}" fill="none" stroke="${hex(edgeOf(color))}" stroke-width="2"/>` : '',
  ];
  return layers.join('');
}

function paintMark(mark: Mark, color: Rgb, brush: Brush): string {
  const style = markStyle(mark, color, brush);
  const paths = mark.layers.map((d) => `<path d="${d}"/>`).join('');
  return mark.layers.length > 1 ? `<g ${style}>${paths}</g>` : paths.replace('/>', ` ${style}/>`);
}

function markStyle({ kind, tone, strength = 1 }: Mark, color: Rgb, { colors, defs }: Brush): string {
  const light = lightness(color);
  switch (kind) {
    case 'fold':
      return `fill="#0e0a1e" fill-opacity="${short(strength * (light > 0.75 ? 0.055 : 0.13))}"`;
    case 'shine':
      return `fill="#fff" fill-opacity="${short(strength * defs.lighting.sheen * (light < 0.2 ? 0.055 : 0.1))}"`;
    case 'seam':
      return `fill="none" stroke="${hex(seamOf(color))}" stroke-width="2"`;
    case 'rib':
      return `fill="none" stroke="${hex(seamOf(color))}" stroke-width="1.6" opacity=".55"`;
    case 'stitch':
      return `fill="none" stroke="${hex(colors.stitch)}" stroke-width="1.5" stroke-dasharray="5 3.5" stroke-linecap="butt"`;
    case 'fill':
      return `fill="${hex(colors[tone ?? 'dark'])}"`;
  }
}
