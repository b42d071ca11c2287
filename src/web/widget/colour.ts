/** The centre's colour, in the shades that keep its text readable (WCAG AA, 4.5 : 1). */
export type Palette = {
  /** Filled surfaces, and the text on them. */
  fill: string;
  onFill: string;
  /** Coloured text on a light and on a dark surface. */
  inkOnLight: string;
  inkOnDark: string;
};

export const DEFAULT_COLOUR = '#9b1c1f';

/** The hardest surfaces that coloured text is set on; `styles.css` keeps to them. */
export const SURFACES = { light: '#f6efe4', dark: '#332a26' } as const;
const READABLE = 4.5;

type Rgb = readonly [number, number, number];
const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];

/** @param colour `#rgb` or `#rrggbb`; anything else counts as the default colour */
export function paletteOf(colour: string | undefined): Palette {
  const fill = parse(colour ?? '') ?? parse(DEFAULT_COLOUR)!;
  return {
    fill: format(fill),
    onFill: ratio(fill, WHITE) >= READABLE ? '#ffffff' : '#000000',
    inkOnLight: format(shift(fill, -1, parse(SURFACES.light)!)),
    inkOnDark: format(shift(fill, 1, parse(SURFACES.dark)!)),
  };
}

/** WCAG contrast of two colours, 1–21. */
export function contrast(one: string, other: string): number {
  return ratio(parse(one)!, parse(other)!);
}

/** Makes a colour darker or lighter, keeping its hue, until it can be read on the surface. */
function shift(colour: Rgb, direction: -1 | 1, surface: Rgb): Rgb {
  const { hue, saturation, lightness } = toHsl(colour);
  for (let l = lightness; l >= 0 && l <= 1; l += direction * 0.02) {
    const shifted = fromHsl(hue, saturation, l);
    if (ratio(shifted, surface) >= READABLE) return shifted;
  }
  return direction < 0 ? BLACK : WHITE;
}

function toHsl([r, g, b]: Rgb) {
  const [red, green, blue] = [r / 255, g / 255, b / 255];
  const [high, low] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const [lightness, spread] = [(high + low) / 2, high - low];
  if (spread === 0) return { hue: 0, saturation: 0, lightness };
  const sector =
    high === red
      ? (green - blue) / spread
      : high === green
        ? (blue - red) / spread + 2
        : (red - green) / spread + 4;
  return { hue: (sector + 6) % 6, saturation: spread / (1 - Math.abs(2 * lightness - 1)), lightness };
}

/** `hue` in sixths of the circle. https://www.w3.org/TR/css-color-4/#hsl-to-rgb */
function fromHsl(hue: number, saturation: number, lightness: number): Rgb {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const part = (n: number) => {
    const k = (n + hue * 2) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [part(0), part(8), part(4)];
}

function ratio(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map(value => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function parse(text: string): Rgb | null {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (!hex) return null;
  const digits =
    hex.length === 3 ? [...hex].map(d => d + d) : [hex.slice(0, 2), hex.slice(2, 4), hex.slice(4, 6)];
  return digits.map(d => Number.parseInt(d, 16)) as unknown as Rgb;
}

function format(colour: Rgb): string {
  return `#${colour.map(value => value.toString(16).padStart(2, '0')).join('')}`;
}
