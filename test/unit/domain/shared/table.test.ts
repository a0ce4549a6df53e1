// Lookups with keys that every object inherits.
import { lookUp } from '../../../../src/domain/shared/table.js';
import { colorOf } from '../../../../src/domain/outfit/color.space.js';
import { assessUsage } from '../../../../src/domain/outfit/usage.rule.js';

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
    expect(assessUsage({ usage: 'casual' }, { usage: 'constructor' }).score).toBe(0);
    expect(assessUsage({ usage: '__proto__' }, { usage: 'toString' }).score).toBe(0);
  });
});
