import { refusalOf } from '../../../src/inference/execution.js';

describe('refusalOf', () => {
  it('accepts a provider that computes some of the nodes and returns the same vectors as the CPU', () => {
    expect(refusalOf({ slower: false, cosine: 0.9999, nodeShare: 0.4 })).toBeNull();
  });

  it.each([
    ['that leaves every node to the CPU', { slower: false as const, cosine: 1, nodeShare: 0 }, /no kernel/],
    ['whose vectors differ from those of the CPU', { slower: false as const, cosine: 0.9, nodeShare: 1 }, /cosine 0.9/],
    ['that returns NaN', { slower: false as const, cosine: null as unknown as number, nodeShare: 1 }, /results differ/],
    ['that crashes', { failure: 'it was ended by SIGSEGV' }, /SIGSEGV/],
  ])('refuses a provider %s', (_, report, reason) => {
    expect(refusalOf(report)).toMatch(reason);
  });
});
