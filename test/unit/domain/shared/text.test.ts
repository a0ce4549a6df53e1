// Visibility, length and storability of text.
import { isLongerThan, isName, isSku, isStorable, isVisible } from '../../../../src/domain/shared/text.js';

it.each([
  ['nothing', ''],
  ['space of any width', ' \t\u00a0\u3000\u2003\n'],
  ['zero-width characters', '\u200b\u200c\u200d\u2060\ufeff'],
  ['marks of direction', '\u200e\u200f\u202e\u2066\u2069'],
  ['selectors of a variation', '\ufe0f\u{e0100}'],
  ['fillers of Hangul', '\u115f\u3164\uffa0'],
  ['tags without a flag', '\u{e0001}\u{e0020}'],
  ['the blank of Braille', '\u2800'],
  ['control characters', '\0\u0085\u001b'],
  ['half of a surrogate pair', '\ud83d'],
])('A text of %s is not visible', (_, text) => {
  expect(isVisible(text)).toBe(false);
  expect(isName(text, 200)).toBe(false);
});

it.each(['x', '👗', '裙', '?', 'e\u0301', '\u200ba'])('A text with %j is visible', (text) => {
  expect(isVisible(text)).toBe(true);
});

it.each([
  ['👗'.repeat(10), 10, false],
  ['👗'.repeat(11), 10, true],
  ['a'.repeat(11), 10, true],
  [`${'a'.repeat(9)}👗`, 10, false],
  ['', 0, false],
])('isLongerThan compares the length of %j in code points with %d', (text, most, isLonger) => {
  expect(isLongerThan(text, most)).toBe(isLonger);
});

it('isLongerThan measures a text of megabytes without splitting it', () => {
  const text = 'a'.repeat(50_000_000);
  const begin = performance.now();
  for (let i = 0; i < 1_000; i++) isLongerThan(text, 1_000);
  expect(performance.now() - begin).toBeLessThan(100);
});

it.each([
  ['a\0', false],
  ['\ud800', false],
  ['\udc00\ud800', false],
  ['👗', true],
  ['\uffff\ufffd', true],
  ['\n\u0001', true],
])('isStorable tells whether a database can store %j', (text, expected) => {
  expect(isStorable(text)).toBe(expected);
});

it.each(['a\nb', 'a\0', 'a\ud800', 'x'.repeat(201), ''])('isSku rejects %j', (sku) => {
  expect(isSku(sku)).toBe(false);
});
