// Hostile values by scalar type of the schema: they break parsers, databases and arithmetic.

/** Unpaired surrogates. JSON can carry them in an escape, UTF-8 cannot. */
const UNPAIRED_SURROGATES = ['\ud83d', 'a\udc00b', 'SKU-\ud800', '\udfff\ud800'];
const INVISIBLE = [
  '\ufeff',
  '\u200b\u200d',
  '\u00ad',
  '\u200e\u200f\u202e',
  '\u2066\u2069',
  '\u3000\u00a0',
  '\ufe0f',
  '\u034f',
];
const CONTROL = ['\0', 'a\0b', '\u0001', '\u007f', '\u0085', '\r\n', '\t', '\u001b[31m'];
const MARKS = [
  'e' + '\u0301'.repeat(200),
  '\u0301',
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢',
  'ﷺ'.repeat(50),
  '👨‍👩‍👧‍👦',
  '\u{10ffff}',
  '\uffff',
  '\u{e0001}',
  'ﬃ',
  'İıſß',
  'ǅ',
];

/** Texts with a special meaning in full-text search, LIKE patterns or SQL. */
export const SEARCH_SYNTAX: readonly string[] = [
  ...[
    '&',
    '|',
    '!',
    '!!a',
    '<->',
    '<2>',
    'a <-> b',
    ':*',
    'a:*',
    'a:abc',
    '(',
    '((a',
    ')',
    'a & | ! :* <-> (',
    "'",
    "''",
    '"',
  ],
  ...[
    '"a',
    '"a b" -"c',
    '-',
    '-a',
    '--a',
    '- a',
    '-"',
    '-or',
    'or',
    'or or or',
    'and',
    'not',
    '"-"',
    '\\',
    '\\\\',
    "\\'",
    "a\\' b",
  ],
  ...[
    '%',
    '_',
    '%_%\\',
    'a%',
    '*',
    '?',
    '.',
    '/',
    '+',
    'a+b',
    'a/b/c',
    'x@y.z',
    'http://a.b/c?d=e',
    '1.5e10',
    '-1',
    'NULL',
  ],
  ...[
    "'; drop table garments; --",
    '$1',
    '$$',
    '{{1}}',
    '${1}',
    '<script>',
    '[]',
    '{}',
    'true',
    '\ufffe',
    "a' | 'b",
    'a-b-c-d',
  ],
];

/** Texts of many parts, at which a recursive parser fails. */
export const FLOODS: readonly string[] = [
  '-'.repeat(100),
  '- '.repeat(100),
  '-'.repeat(1_000),
  '('.repeat(500),
  '!'.repeat(500),
  '"'.repeat(999),
  "'".repeat(1_000),
  '-"'.repeat(500),
  'or '.repeat(300),
  '-a '.repeat(300),
  'a-'.repeat(500),
  'a or -b '.repeat(120),
  '\\'.repeat(1_000),
  '%'.repeat(1_000),
  Array.from({ length: 200 }, (_, i) => `w${i}`).join(' '),
  Array.from({ length: 10_000 }, (_, i) => `w${i}`).join(' '),
];

/** Maximum lengths of schema fields, and one character more than each. */
const LENGTHS = [
  1, 63, 64, 100, 101, 200, 201, 255, 256, 500, 501, 1_000, 1_001, 2_000, 2_001, 2_800, 10_000, 10_001, 100_000,
];
const lengths = (letter: string): string[] => LENGTHS.map((length) => letter.repeat(length));

const PROTOTYPE_NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

/** Ids, keys and cursors in forms that no field returns. */
const IDS: readonly string[] = [
  ...['0', '-1', '1', '9223372036854775807', '9223372036854775808', '99999999999999999999', '1e3', ' 1', '0x1', 'null'],
  ...[
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '00000000-0000-0000-0000-00000000000g',
  ],
  ...[
    'FFFFFFFF-0000-7000-8000-000000000000',
    '00000000000000000000000000000000',
    '{00000000-0000-0000-0000-000000000000}',
  ],
];
const cursorOf = (text: string): string => Buffer.from(text).toString('base64url');
const CURSORS: readonly string[] = [
  ...[
    'r1:1:0.5',
    'r1:9999999999999999999:1',
    'r1:1:1e999',
    'r1:1:-0',
    'r1::',
    'r2:1:1',
    's1:a',
    's1:',
    's1:\0',
    's1:a\0',
  ].map(cursorOf),
  ...['h1:1', 'h1:0', 'h1:999999999', 'h1:99999999999999999999', 'h1:2147483648', 'h1:-1', 'g1:1', 'd1:1'].map(
    cursorOf,
  ),
  ...[
    'd1:9223372036854775808',
    'a1:0:00000000-0000-0000-0000-000000000000',
    'a1:999999999999999:00000000-0000-0000-0000-000000000000',
  ].map(cursorOf),
  ...['====', '!!!!', 'r1', cursorOf('r1:1:0.5') + '=', cursorOf('r1:1:0.5').slice(0, -1), cursorOf('\ud800'), '_-_-'],
];
const URLS: readonly string[] = [
  ...[
    'http://',
    'http://a',
    'https://[::1]/',
    'ftp://a.b',
    'javascript:alert(1)',
    'http://\ud800.com',
    'http://a.b/\ud800',
  ],
  ...[
    'http://a.b/\0',
    'http://xn--/',
    'http://a..b',
    'data:,',
    'file:///etc/passwd',
    'http://user:pass@a.b/',
    'HTTP://A.B',
  ],
];
const CURRENCIES = ['eur', 'Eur', ' EUR ', 'XXX', 'XTS', '€', 'EU', 'EURO', 'ﬀR', 'ıNR', 'EUR\0', '978'];
const BASE64 = [
  'AAAA',
  'iVBORw0KGgo=',
  'data:image/png;base64,',
  'data:;base64,AAAA',
  'data:image/svg+xml;base64,PHN2Zy8+',
  '====',
  '/9j/',
];

/**
 * Every hostile text. "NaN" and "Infinity" are left out: the tiny bundle of the tests has words of those names, and
 * their features are not finite.
 */
export const HOSTILE_TEXTS: readonly string[] = [
  ...['', ' ', 'a', 'red dress'],
  ...[...UNPAIRED_SURROGATES, ...INVISIBLE, ...CONTROL, ...MARKS, ...SEARCH_SYNTAX, ...FLOODS, ...PROTOTYPE_NAMES],
  ...[...IDS, ...CURSORS, ...URLS, ...CURRENCIES, ...BASE64],
  ...[...lengths('a'), ...lengths('👗'), ...lengths('衣'), ...lengths('\u0301'), ...lengths('\ud800')],
];

const HOSTILE_DECIMALS: readonly unknown[] = [
  ...[
    '-0',
    '0',
    '0.0000',
    '-1',
    '00001.5',
    '9999999999.9999',
    '10000000000',
    '9999999999.99999',
    '0.00001',
    '99999999999999999999',
  ],
  ...[
    '1e5',
    '.5',
    '5.',
    '+1',
    ' 1',
    '1 ',
    '1,5',
    'NaN',
    'Infinity',
    '١٢',
    '',
    '\0',
    '\ud800',
    '9'.repeat(1_000),
    49.9,
    -0,
  ],
];
const HOSTILE_DATES: readonly unknown[] = [
  ...[
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
    '10000-01-01T00:00:00Z',
    '+275760-09-13T00:00:00Z',
  ],
  ...[
    '-271821-04-20T00:00:00Z',
    '-000001-01-01T00:00:00Z',
    '-4713-11-24T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-02-29T00:00:00Z',
  ],
  ...[
    '2026-06-30T23:59:60Z',
    '2026-01-01T00:00:00+23:59',
    '2026-01-01T00:00:00-12:00',
    '2026-01-01T00:00:00+24:00',
    '0000-01-01T00:00:00+23:59',
  ],
  ...[
    '9999-12-31T23:59:59-23:59',
    '1970-01-01T00:00:00Z',
    '2026-01-01',
    '2026-01-01T00:00:00',
    '',
    'now',
    'infinity',
    'epoch',
    '\0',
    0,
    1e18,
    -1,
  ],
];

/** Hostile values that a client may send, by the name of the scalar in the schema. Enums use the values of String. */
export const HOSTILE_VALUES: Readonly<Record<string, readonly unknown[]>> = {
  String: [...HOSTILE_TEXTS, 0, true, {}, []],
  ID: [...HOSTILE_TEXTS, 0, -1, 2 ** 53, 1.5, true],
  Int: [
    0,
    -0,
    1,
    -1,
    2,
    100,
    101,
    1_000,
    50_001,
    2 ** 31 - 1,
    -(2 ** 31),
    2 ** 31,
    2 ** 53,
    0.5,
    1e308,
    '1',
    true,
    [1],
  ],
  Float: [0, -0, 1, -1, 0.5, 2, 100, 101, 5e-324, -5e-324, 1e-320, 1e308, -1e308, 3.5e38, 2 ** 53, 1e16, '1', true],
  Boolean: [true, false, 0, 1, 'true', 'false', ''],
  Decimal: HOSTILE_DECIMALS,
  DateTime: HOSTILE_DATES,
  Upload: ['', {}, 0, true],
};
