// Catalog files that are damaged, endless or invalid: every import of one ends.
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { requireResponse, requireValid } from './answers.js';
import { Fault, fuzzKind, sizeUpTo, type FuzzKind } from './fuzz.case.js';
import { mutated, someMutations, type Mutation } from './mutations.js';
import { sendRequest } from './raw.http.js';
import type { WatchedServer } from './watched.server.js';

const FORMS = {
  'a pax header': (size) =>
    Buffer.concat([tarHeader('pax', size, 'x'), Buffer.alloc(padded(size), `${size} path=a`), tail()]),
  'a global pax header': (size) =>
    Buffer.concat([tarHeader('pax', size, 'g'), Buffer.alloc(padded(size), 'x'), tail()]),
  'a long name': (size) =>
    Buffer.concat([tarHeader('././@LongLink', size, 'L'), Buffer.alloc(padded(size), 'n'), tail()]),
  'a truncated entry': (size) =>
    Buffer.concat([tarHeader('metadata.jsonl', size, '0'), Buffer.alloc(size / 2, '{}\n')]),
  'a tar of one line': (size) =>
    Buffer.concat([tarHeader('metadata.jsonl', size, '0'), Buffer.alloc(padded(size), '{"a":"'), tail()]),
  'many entries': (size) =>
    Buffer.concat([...Array.from({ length: size / 600 }, (_, i) => tarHeader(`e${i}`, 0, '0')), tail()]),
  lines: (size) =>
    Buffer.from(Array.from({ length: size / 60 }, (_, i) => `{"sku":"i${i % 50}","title":"\\ud800 ${i}"}`).join('\n')),
  'one long line': (size) => Buffer.from(`{"sku":"${'x'.repeat(size)}"}`),
  'nested lines': (size) => Buffer.from('{"a":'.repeat(size / 6) + '1' + '}'.repeat(size / 6)),
  table: (size) =>
    Buffer.from(`id\ttitle\tprice\n${Array.from({ length: size / 30 }, (_, i) => `${i % 50}\t"\t1 eur`).join('\n')}`),
  'an open quote': (size) => Buffer.from(`id,title\n1,"${'x\n'.repeat(size / 2)}`),
  xml: (size) => Buffer.from(`<rss><channel><item>${'<g:id>'.repeat(size / 6)}`),
  'packed zeros': (size) => gzipSync(Buffer.alloc(size)),
  nothing: () => Buffer.alloc(0),
} satisfies Record<string, (size: number) => Buffer>;

const padded = (size: number): number => Math.ceil(size / 512) * 512;
const tail = (): Buffer =>
  Buffer.concat([tarHeader('metadata.jsonl', 3, '0'), Buffer.alloc(512, '{}\n'), Buffer.alloc(1_024)]);

/** Returns the header of a tar entry, in the POSIX format. */
function tarHeader(name: string, size: number, type: string): Buffer {
  const head = Buffer.alloc(512);
  head.write(name, 0);
  head.write('0000644\0', 100);
  head.write(`${Math.floor(size).toString(8).padStart(11, '0')}\0`, 124);
  head.write('00000000000\0', 136);
  head.write(' '.repeat(8), 148);
  head.write(type, 156);
  head.write('ustar\x0000', 257, 'latin1');
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return head;
}

interface CatalogFile {
  form: keyof typeof FORMS;
  size: number;
  format: 'GOOGLE_PRODUCTS' | 'IMAGE_TAR' | 'JSON_LINES' | 'SHOPIFY_CSV' | null;
  currency: string | null;
  changes: readonly Mutation[];
}

const file: fc.Arbitrary<CatalogFile> = fc.record({
  form: fc.constantFrom(...(Object.keys(FORMS) as (keyof typeof FORMS)[])),
  size: sizeUpTo(40_000_000),
  format: fc.constantFrom(null, null, 'GOOGLE_PRODUCTS', 'IMAGE_TAR', 'JSON_LINES', 'SHOPIFY_CSV'),
  currency: fc.constantFrom(null, 'EUR', 'eur', ''),
  changes: someMutations,
});

const IMPORT =
  'mutation ($input: CatalogImportInput!) { importCatalog(input: $input, dryRun: true) { catalogImport { id } userErrors { code } } }';
const STATE = 'query ($id: ID!) { catalogImport(id: $id) { state finishedAt } }';
const ENDS_WITHIN_MS = 40_000;

function uploadOf(bytes: Buffer, input: object): Buffer {
  const fields = { operations: { query: IMPORT, variables: { input } }, map: { 0: ['variables.input.upload'] } };
  const text = Object.entries(fields).map(
    ([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${JSON.stringify(value)}\r\n`,
  );
  const head = `${text.join('')}--x\r\nContent-Disposition: form-data; name="0"; filename="catalog"\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--x--\r\n')]);
}

async function requireEnd(id: string, server: WatchedServer): Promise<void> {
  const headers = { 'content-type': 'application/json', ...server.headersOf('DEPLOYMENT') };
  const body = JSON.stringify({ query: STATE, variables: { id } });
  for (const until = Date.now() + ENDS_WITHIN_MS; Date.now() < until; await sleep(300)) {
    const { data } = requireResponse(await sendRequest(server.port, { headers, body }));
    const catalogImport = data?.['catalogImport'] as { finishedAt: string | null } | undefined;
    if (catalogImport?.finishedAt) return;
  }
  throw new Fault(`An import has not ended after ${ENDS_WITHIN_MS / 1_000} s.`);
}

const undamaged = { format: null, currency: 'EUR', changes: [] } as const;

export const imports: FuzzKind = fuzzKind({
  name: 'imports',
  share: 0.7,
  arbitrary: file,
  known: {
    'a tar with a pax header of 30 MB': { ...undamaged, form: 'a pax header', size: 30_000_000, format: 'IMAGE_TAR' },
    'a tar with a name of 30 MB': { ...undamaged, form: 'a long name', size: 30_000_000, format: 'IMAGE_TAR' },
    'a line of 30 MB': { ...undamaged, form: 'one long line', size: 30_000_000, format: 'JSON_LINES' },
  },
  isLarge: ({ size }) => size > 1_000_000,
  async run({ form, size, format, currency, changes }, server) {
    const bytes = mutated(FORMS[form](size), changes);
    const headers = {
      'content-type': 'multipart/form-data; boundary=x',
      'apollo-require-preflight': 'true',
      ...server.headersOf('DEPLOYMENT'),
    };
    const body = uploadOf(bytes, { upload: null, format, currency });
    const response = requireValid(await sendRequest(server.port, { headers, body }));
    const payload = response?.data?.['importCatalog'] as { catalogImport: { id: string } | null } | undefined;
    if (payload?.catalogImport) await requireEnd(payload.catalogImport.id, server);
  },
});
