import fc from 'fast-check';
import { requestWords, meaningfulText } from '../../../../src/domain/recommend/recommend.request.js';

describe('A request text is cleaned and checked', () => {
  it.each([
    ['nothing', ''],
    ['space of any kind', ' \t\u00a0\u3000\n'],
    ['zero-width characters', '\u200b\u200d\ufeff'],
    ['control characters', '\u0000\u001b\u009f'],
    ['half a surrogate pair', '\ud83d'],
    ['marks of direction', '\u202e\u2066'],
  ])('requestWords returns null for %s', (_, text) => {
    expect(requestWords(text, 'text')).toBeNull();
  });

  it.each(['👗', '❤️', 'x', '裙', 'é', '?'])('requestWords keeps the visible text %s', (text) => {
    expect(requestWords(text, 'text')).toBe(text);
  });

  it('requestWords allows 1,000 code points', () => {
    expect(requestWords('👗'.repeat(1_000), 'text')).toHaveLength(2_000);
    expect(() => requestWords('👗'.repeat(1_001), 'text')).toThrow(expect.objectContaining({ code: 'TEXT_TOO_LONG' }));
  });

  it('meaningfulText drops a text without letters or digits only if there is a picture', () => {
    expect(['❤️👗', '?!', 'x', '裙', '42'].map((words) => meaningfulText(words, true))).toEqual([
      null,
      null,
      'x',
      '裙',
      '42',
    ]);
    expect(meaningfulText('❤️👗', false)).toBe('❤️👗');
  });

  it('requestWords returns no control characters and no surrounding space for any input', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const words = requestWords(text, 'text');
        if (words !== null) expect(words).toMatch(/^\S(?:\P{Cc}*\S)?$/u);
      }),
    );
  });
});
