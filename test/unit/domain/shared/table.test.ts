// Lookups with keys that every object inherits.
import { lookUp } from '../../../../src/domain/shared/table.js';
import { colorOf } from '../../../../src/domain/outfit/color.space.js';
import { assessUsage } from '../../../../src/domain/outfit/usage.rule.js';
import { decodeBase64 } from '../../../../src/pictures/picture.upload.js';

describe('a table of the domain', () => {
  it('has no entry for a key that only its prototype has', () => {
    expect(['constructor', 'toString', '__proto__'].map((key) => lookUp({ red: 1 }, key))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(colorOf('constructor')).toBeNull();
  });

  it('gives a finite score to a usage with such a name', () => {
    const item = (usage: string) => ({ usage, category: null, title: '', tags: [] }) as never;
    const score = (assessUsage as unknown as (a: never, b: never) => { score: number })(
      item('casual'),
      item('constructor'),
    );
    expect(Number.isFinite(score.score)).toBe(true);
  });
});

describe('base64 of a picture', () => {
  it('may have line breaks', () => {
    const text = Buffer.from('a picture of some length, in lines').toString('base64').replace(/.{20}/g, '$&\n');
    expect(Buffer.from(decodeBase64(text)).toString()).toBe('a picture of some length, in lines');
  });

  it('is refused at once when it is mostly blanks', () => {
    const started = performance.now();
    expect(() => decodeBase64('A '.repeat(6_000_000))).toThrow('not base64');
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
