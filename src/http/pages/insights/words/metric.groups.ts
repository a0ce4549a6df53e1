// Groups of the model's evaluation metrics.
// A metric belongs to the first group whose pattern matches its name.

export interface MetricGroup {
  title: string;
  hint: string;
  pattern: RegExp;
}

export const METRIC_GROUPS: readonly MetricGroup[] = [
  {
    title: 'Classification of garments',
    hint: 'Share of garments with the correct type, category, color, gender or usage, from picture, text or both.',
    pattern: /^(garmentType|category|color|colorFamily|gender|usage)\./,
  },
  {
    title: 'Retrieval',
    hint: 'Share of relevant garments in the top 10, for labels, titles and natural requests.',
    pattern: /^(queries|title|categoryWords|templateWords|sameTypeColour|described|zhToEn)\./,
  },
  {
    title: 'Text that changes a picture',
    hint: '“This, but in red”: share of the top 10 with the requested change.',
    pattern: /^composed\./,
  },
  {
    title: 'Effect of diversity',
    hint: 'Diversity ½ against none: ratio of the distances within the top 10, and of the relevant garments in it.',
    pattern: /^diversity\./,
  },
  {
    title: 'Recognition of weak results',
    hint: 'False and missed WEAK statuses, meaningless requests, text that contradicts the picture.',
    pattern: /^(confidence|weak|contradiction)\./,
  },
  {
    title: 'Calibration error',
    hint: 'Error of the predicted probabilities. 0 is perfect.',
    pattern: /^calibrationError\./,
  },
  {
    title: 'Robustness to poor pictures',
    hint: 'Pictures with a background, or blurred, rotated, compressed or small. “lost” is the loss of accuracy.',
    pattern: /^robustness\./,
  },
  { title: 'Fusion of text and picture', hint: 'The same tasks with each fusion method.', pattern: /^fusion\./ },
  { title: 'Baselines', hint: 'The same tasks with simpler methods, for comparison.', pattern: /^baseline\./ },
  { title: 'Other metrics', hint: '', pattern: /./ },
];
