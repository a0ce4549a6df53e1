// What a shopper's events say of their taste.
import {
  openProfile,
  shopperProfileOf,
  type FeedbackGroup,
  type ProfileFeedbackKind,
} from '../../../../src/domain/recommend/shopper.profile.js';

const NONE = Float32Array.of(0, 0);
const group = (kind: ProfileFeedbackKind, features: number[], given: Partial<FeedbackGroup> = {}): FeedbackGroup => ({
  kind,
  garments: 1,
  ageDays: 0,
  features: Float32Array.from(features),
  roots: { category: NONE, color: Float32Array.from(features), gender: NONE, usage: NONE },
  ...given,
});
const features = (...groups: FeedbackGroup[]): number[] => [...shopperProfileOf(groups)!.features];
const length = (...groups: FeedbackGroup[]): number => Math.hypot(...features(...groups));

it('points to what was liked, in features and labels', () => {
  const taste = shopperProfileOf([group('CLICK', [1, 0], { garments: 2 })])!;
  expect([...taste.features]).toEqual([0.5, 0]);
  expect([...taste.roots.color!]).toEqual([0.5, 0]);
});

it('leaves out what the garments that were passed over have in common with those that were liked', () => {
  const [common, own] = features(group('CLICK', [1, 1]), group('PASSED', [1, 0], { garments: 9 }));
  expect(common).toBe(0);
  expect(own).toBeGreaterThan(0);
});

it('points away from what was dismissed, by half of what a click draws near', () => {
  const [away] = features(group('DISMISS', [1, 0]));
  const [near] = features(group('CLICK', [1, 0]));
  expect(away).toBeCloseTo(-near! / 2);
});

it('listens more to a purchase than to a click, and hardly to a look', () => {
  const [bought, clicked] = features(group('PURCHASE', [1, 0]), group('CLICK', [0, 1]));
  expect(bought! / clicked!).toBeCloseTo(4);
  const [seen, liked] = features(group('VIEW', [1, 0]), group('CLICK', [0, 1]));
  expect(seen! / liked!).toBeCloseTo(0.05);
});

it('forgets by half within a month', () => {
  const [old, fresh] = features(group('CLICK', [1, 0], { ageDays: 30 }), group('CLICK', [0, 1]));
  expect(old! / fresh!).toBeCloseTo(0.5);
});

it('grows with what is known, stays below 1, and shrinks where events contradict each other', () => {
  const one = length(group('CLICK', [1, 0]));
  expect(one).toBeCloseTo(1 / 3);
  expect(length(group('CLICK', [1, 0], { garments: 8 }))).toBeCloseTo(8 / 10);
  expect(length(group('PURCHASE', [1, 0], { garments: 1_000 }))).toBeLessThan(1);
  expect(length(group('CLICK', [1, 0]), group('CLICK', [-0.8, 0.6]))).toBeLessThan(one);
});

it.each([[[]], [[group('PASSED', [1, 0])]], [[group('CLICK', [1, 0]), group('PASSED', [1, 0])]]])(
  'says nothing where nothing is known',
  (groups: FeedbackGroup[]) => {
    expect(shopperProfileOf(groups)).toBeNull();
  },
);

it('is silent on what the request settles, and says less of the whole', () => {
  const asked = { category: null, color: Float32Array.of(1, 0), gender: null, usage: null };
  const open = openProfile(shopperProfileOf([group('CLICK', [1, 0], { garments: 2 })])!, asked);
  expect(open.roots.color).toBeNull();
  expect(open.roots.usage).not.toBeNull();
  expect([...open.features]).toEqual([0.375, 0]);
});
