// The figures of a model card by what they are about. Names are dotted and stable; the first group that takes one has it.

export interface MetricGroup {
  title: string;
  hint: string;
  takes: RegExp;
}

export const METRIC_GROUPS: readonly MetricGroup[] = [
  {
    title: 'What it reads in garments',
    hint: 'Share of garments whose type, category, colour, gender or use is read as labelled, from picture, words or both.',
    takes: /^(garmentType|category|color|colorFamily|gender|usage)\./,
  },
  {
    title: 'What it finds',
    hint: 'How much of the best ten fits: by words, by titles, by requests as people write them.',
    takes: /^(queries|title|categoryWords|templateWords|sameTypeColour|described|zhToEn)\./,
  },
  {
    title: 'Words that change a picture',
    hint: '"This, but in red": how much of the best ten is so.',
    takes: /^composed\./,
  },
  {
    title: 'What variety brings and costs',
    hint: 'With diversity ½: distance among the best ten and how many of them fit, as ratios; 1 is as without.',
    takes: /^diversity\./,
  },
  {
    title: 'Whether it knows its limits',
    hint: 'Wrong alarms and misses of WEAK, requests that make no sense, words against picture.',
    takes: /^(confidence|weak|contradiction)\./,
  },
  { title: 'How far its probabilities hold', hint: '0 is perfect.', takes: /^calibrationError\./ },
  {
    title: 'Disturbed pictures',
    hint: 'With a background, blurred, turned, compressed, small; "lost" is what the disturbance costs.',
    takes: /^robustness\./,
  },
  { title: 'Ways to bring words and picture together', hint: 'The same tasks with each fusion.', takes: /^fusion\./ },
  { title: 'What simpler ways achieve', hint: 'The same tasks, for comparison.', takes: /^baseline\./ },
  { title: 'Other figures', hint: '', takes: /./ },
];
