// What a shopper's events say of their taste.
import { tasteOf, type FeedbackKind, type TasteEvent } from '../../../src/domain/feedback.js';

const event = (kind: FeedbackKind, image: number[], ageDays = 0): TasteEvent => ({
  kind,
  ageDays,
  features: { text: null, image: Float32Array.from(image) },
});
const length = (vector: Float32Array | null): number => Math.hypot(...(vector ?? []));

it('points to what was liked, over the half that the garments have', () => {
  expect([...tasteOf([event('CLICK', [1, 0]), event('CLICK', [1, 0])], 2)!]).toEqual([0, 0, 0.5, 0]);
});

it('points away from what was dismissed', () => {
  expect(tasteOf([event('DISMISS', [0, 1])], 2)![3]).toBeLessThan(0);
});

it('listens more to a purchase than to a click, and hardly to a look', () => {
  const [, , bought, clicked] = tasteOf([event('PURCHASE', [1, 0]), event('CLICK', [0, 1])], 2)!;
  expect(bought! / clicked!).toBeCloseTo(4);
  const [, , seen, liked] = tasteOf([event('VIEW', [1, 0]), event('CLICK', [0, 1])], 2)!;
  expect(seen! / liked!).toBeCloseTo(0.05);
});

it('forgets by half within a month', () => {
  const [, , old, fresh] = tasteOf([event('CLICK', [1, 0], 30), event('CLICK', [0, 1])], 2)!;
  expect(old! / fresh!).toBeCloseTo(0.5);
});

it('grows with what is known, and shrinks where events contradict each other', () => {
  const one = length(tasteOf([event('CLICK', [1, 0])], 2));
  const eight = length(tasteOf(Array<TasteEvent>(8).fill(event('CLICK', [1, 0])), 2));
  expect(one).toBeCloseTo(1 / 3);
  expect(eight).toBeCloseTo(8 / 10);
  expect(length(tasteOf([event('CLICK', [1, 0]), event('CLICK', [-0.8, 0.6])], 2))).toBeLessThan(one);
});

it.each([[[]], [[event('CLICK', [1, 0]), event('DISMISS', [0.5, 0])]]])(
  'says nothing where nothing is known',
  (events) => {
    expect(tasteOf(events, 2)).toBeNull();
  },
);
