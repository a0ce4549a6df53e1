// The shopper profile as a function of the shopper's events.
import {
  openProfile,
  shopperProfileOf,
  type FeedbackGroup,
  type ProfileFeedbackKind,
} from '../../../../src/domain/recommend/shopper.profile.js';

const NONE = Float32Array.of(0, 0);
const group = (kind: ProfileFeedbackKind, features: number[], fields: Partial<FeedbackGroup> = {}): FeedbackGroup => ({
  kind,
  garments: 1,
  ageDays: 0,
  features: Float32Array.from(features),
  roots: { category: NONE, color: Float32Array.from(features), gender: NONE, usage: NONE },
  ...fields,
});
const features = (...groups: FeedbackGroup[]): number[] => [...shopperProfileOf(groups)!.features];
const length = (...groups: FeedbackGroup[]): number => Math.hypot(...features(...groups));

it('The profile points to the liked garments, in features and labels', () => {
  const profile = shopperProfileOf([group('CLICK', [1, 0], { garments: 2 })])!;
  expect([...profile.features]).toEqual([0.5, 0]);
  expect([...profile.roots.color!]).toEqual([0.5, 0]);
});

it('The profile excludes what liked and passed garments have in common', () => {
  const [common, own] = features(group('CLICK', [1, 1]), group('PASSED', [1, 0], { garments: 9 }));
  expect(common).toBe(0);
  expect(own).toBeGreaterThan(0);
});

it('The profile points away from dismissed garments, with half the strength of a click', () => {
  const [away] = features(group('DISMISS', [1, 0]));
  const [near] = features(group('CLICK', [1, 0]));
  expect(away).toBeCloseTo(-near! / 2);
});

it('The profile weights a purchase as four clicks and a view as 0.05 clicks', () => {
  const [bought, clicked] = features(group('PURCHASE', [1, 0]), group('CLICK', [0, 1]));
  expect(bought! / clicked!).toBeCloseTo(4);
  const [seen, liked] = features(group('VIEW', [1, 0]), group('CLICK', [0, 1]));
  expect(seen! / liked!).toBeCloseTo(0.05);
});

it('The profile halves the weight of an event after 30 days', () => {
  const [old, fresh] = features(group('CLICK', [1, 0], { ageDays: 30 }), group('CLICK', [0, 1]));
  expect(old! / fresh!).toBeCloseTo(0.5);
});

it('The profile grows with the events, stays below 1, and shrinks if events contradict each other', () => {
  const one = length(group('CLICK', [1, 0]));
  expect(one).toBeCloseTo(1 / 3);
  expect(length(group('CLICK', [1, 0], { garments: 8 }))).toBeCloseTo(8 / 10);
  expect(length(group('PURCHASE', [1, 0], { garments: 1_000 }))).toBeLessThan(1);
  expect(length(group('CLICK', [1, 0]), group('CLICK', [-0.8, 0.6]))).toBeLessThan(one);
});

it.each([[[]], [[group('PASSED', [1, 0])]], [[group('CLICK', [1, 0]), group('PASSED', [1, 0])]]])(
  'The profile is null if the events carry no information',
  (groups: FeedbackGroup[]) => {
    expect(shopperProfileOf(groups)).toBeNull();
  },
);

it('openProfile drops the outputs that the request sets and scales the features', () => {
  const requestRoots = { category: null, color: Float32Array.of(1, 0), gender: null, usage: null };
  const open = openProfile(shopperProfileOf([group('CLICK', [1, 0], { garments: 2 })])!, requestRoots);
  expect(open.roots.color).toBeNull();
  expect(open.roots.usage).not.toBeNull();
  expect([...open.features]).toEqual([0.375, 0]);
});
