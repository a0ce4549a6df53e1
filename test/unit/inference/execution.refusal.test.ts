import { refusalOf } from '../../../src/inference/execution.js';

describe('refusalOf', () => {
  it('lets a provider pass that computes some of the nodes and the same vectors', () => {
    expect(refusalOf({ slower: false, cosine: 0.9999, nodeShare: 0.4 })).toBeNull();
  });

  it.each([
    ['that left every node to the CPU', { slower: false as const, cosine: 1, nodeShare: 0 }, /no kernel/],
    ['that computes something else', { slower: false as const, cosine: 0.9, nodeShare: 1 }, /cosine 0.9/],
    ['that gives NaN', { slower: false as const, cosine: null as unknown as number, nodeShare: 1 }, /something else/],
    ['that crashes', { failure: 'it was ended by SIGSEGV' }, /SIGSEGV/],
  ])('refuses one %s', (_, report, reason) => {
    expect(refusalOf(report)).toMatch(reason);
  });
});
