import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, DEFAULT_COLOUR, paletteOf, SURFACES } from '../../src/web/widget/colour.ts';

const anyColour = fc
  .integer({ min: 0, max: 0xffffff })
  .map(value => `#${value.toString(16).padStart(6, '0')}`);

describe('the centre’s colour', () => {
  it('gives readable text in every shade that it is used in, whatever the colour', () => {
    fc.assert(
      fc.property(anyColour, colour => {
        const { fill, onFill, inkOnLight, inkOnDark } = paletteOf(colour);
        expect(fill).toBe(colour);
        expect(contrast(fill, onFill)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(inkOnLight, SURFACES.light)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(inkOnDark, SURFACES.dark)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it('stays as it is where it can be read already', () => {
    expect(paletteOf('#0b5cad')).toMatchObject({ onFill: '#ffffff', inkOnLight: '#0b5cad' });
    expect(paletteOf('#f2c14e')).toMatchObject({ onFill: '#000000', inkOnDark: '#f2c14e' });
  });

  it('may be written short', () => {
    expect(paletteOf('#06c').fill).toBe('#0066cc');
  });

  it.each([undefined, '', 'đỏ', 'red;background:url(x)', '#12345'])('is the default one for %j', colour => {
    expect(paletteOf(colour)).toEqual(paletteOf(DEFAULT_COLOUR));
  });
});
