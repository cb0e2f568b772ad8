import { describe, expect, it } from 'vitest';
import { colourPairs, contrast } from '../../src/config/contrast.js';
import { theme } from '../../src/config/theme.js';

describe('the contrast of two colors', () => {
  // The ratios from the WebAIM contrast checker.
  it.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#FFFFFF', 1],
    ['#777777', '#ffffff', 4.48],
    ['#767676', '#ffffff', 4.54],
    ['#ff0000', '#ffffff', 4],
    ['#0000ff', '#000000', 2.44],
    ['#c2410c', '#ffffff', 5.18],
    ['#040404', '#000000', 1.02],
  ])('of %s and %s is %d, in either order', (a, b, ratio) => {
    expect(contrast(a, b)).toBeCloseTo(ratio, 2);
    expect(contrast(b, a)).toBe(contrast(a, b));
  });
});

describe('the theme colors that templates put on each other', () => {
  it('have enough contrast by default, in light and dark mode', () => {
    const pairs = colourPairs(theme.parse({}));
    expect(pairs.length).toBeGreaterThan(10);
    for (const pair of pairs) {
      expect(pair.ratio, JSON.stringify(pair)).toBeGreaterThanOrEqual(pair.needed);
    }
  });

  it('are each listed once per mode', () => {
    const names = colourPairs(theme.parse({})).map(
      ({ mode, foreground, background }) => `${mode} ${foreground} ${background}`,
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name.startsWith('light')).map((name) => name.slice(6))).toEqual(
      names.filter((name) => name.startsWith('dark')).map((name) => name.slice(5)),
    );
  });

  it('are reported when a color is too pale', () => {
    const pairs = colourPairs(theme.parse({ accent: { light: '#fb923c' } }));
    const failing = pairs.filter(({ ratio, needed }) => ratio < needed);
    expect(failing.map(({ mode, foreground, background }) => `${mode} ${foreground}/${background}`)).toEqual([
      'light accent/surface',
      'light accent/tint',
      'light on_accent/accent',
    ]);
  });
});
