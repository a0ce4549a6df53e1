import {
  compareGolden,
  problemsOfGolden,
  resultOf,
  type ExpectedRank,
  type GoldenInput,
  type GoldenRanks,
} from '../../../../src/domain/analytics/golden.query.js';

const run = (id: string, within: number, ranks: ExpectedRank[]): GoldenRanks => ({
  query: { id, name: `query ${id}`, within },
  ranks,
});

describe('resultOf evaluates a golden query', () => {
  it('resultOf passes a query if every expected garment is among the first `within`, inclusive', () => {
    const ranks = [
      { sku: 'a', rank: 1 },
      { sku: 'b', rank: 10 },
    ];
    expect(resultOf(run('q', 10, ranks))).toEqual({ passed: true, found: ranks, missing: [] });
  });

  it('resultOf reports the ranks of the missing garments', () => {
    const result = resultOf(
      run('q', 10, [
        { sku: 'a', rank: 11 },
        { sku: 'b', rank: null },
        { sku: 'c', rank: 3 },
      ]),
    );
    expect(result).toEqual({
      passed: false,
      found: [{ sku: 'c', rank: 3 }],
      missing: [
        { sku: 'a', rank: 11 },
        { sku: 'b', rank: null },
      ],
    });
  });
});

describe('compareGolden compares two runs', () => {
  it('compareGolden reports garments that entered or left the first `within`, and no other moves', () => {
    const before = run('q', 10, [
      { sku: 'won', rank: null },
      { sku: 'lost', rank: 10 },
      { sku: 'rose', rank: 9 },
      { sku: 'sank', rank: 20 },
    ]);
    const after = run('q', 10, [
      { sku: 'won', rank: 10 },
      { sku: 'lost', rank: 11 },
      { sku: 'rose', rank: 1 },
      { sku: 'sank', rank: null },
    ]);
    expect(compareGolden([before], [after])).toEqual({
      queries: 1,
      wins: [{ queryId: 'q', name: 'query q', sku: 'won', before: null, after: 10 }],
      losses: [{ queryId: 'q', name: 'query q', sku: 'lost', before: 10, after: 11 }],
    });
  });

  it('compareGolden ignores queries and garments that are in only one run', () => {
    const before = [run('old', 10, [{ sku: 'a', rank: 1 }]), run('both', 10, [{ sku: 'a', rank: 1 }])];
    const after = [run('both', 10, [{ sku: 'b', rank: 50 }]), run('new', 10, [{ sku: 'a', rank: null }])];
    expect(compareGolden(before, after)).toEqual({ queries: 1, wins: [], losses: [] });
  });
});

describe('problemsOfGolden validates a golden query', () => {
  const good: GoldenInput = {
    id: null,
    name: 'Red dresses',
    text: 'red dress',
    avoid: null,
    imageSku: null,
    filter: null,
    expectedSkus: ['a'],
    within: 10,
  };

  it('problemsOfGolden accepts a query with a text or a picture', () => {
    expect(problemsOfGolden(good)).toEqual([]);
    expect(problemsOfGolden({ ...good, text: null, imageSku: 'a' })).toEqual([]);
  });

  it.each([
    ['ARGUMENT_INVALID', 'id', { id: 'mine' }],
    ['NAME_INVALID', 'name', { name: '' }],
    ['QUERY_EMPTY', 'text', { text: null }],
    ['TEXT_TOO_LONG', 'text', { text: 'x'.repeat(1001) }],
    ['TEXT_TOO_LONG', 'avoid', { avoid: 'x'.repeat(1001) }],
    ['EXPECTED_SKUS_INVALID', 'expectedSkus', { expectedSkus: [] }],
    ['EXPECTED_SKUS_INVALID', 'expectedSkus', { expectedSkus: ['a', 'b'], within: 1 }],
    ['PAGE_SIZE_INVALID', 'within', { within: 101 }],
  ])('problemsOfGolden reports %s at %s', (code, field, wrong) => {
    expect(problemsOfGolden({ ...good, ...wrong })).toEqual([
      { field: [field], code, message: expect.any(String) as string },
    ]);
  });
});
