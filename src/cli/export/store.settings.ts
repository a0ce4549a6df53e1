// Owns what a store has beside garments, as files of an archive: read through the API and given back through it.
import type { ApiClient } from '../api.client.js';

/** One kind: its file's name, what reads all of it, and what saves one. */
export interface SettingKind {
  file: string;
  /** For people. */
  name: string;
  list: string;
  save: string;
}

const FILTER = `filter { garmentTypes categories colors genders brands materials usages tags sizes minPrice maxPrice
  currency inStockOnly excludeSkus }`;

/** How the file of an export is called. */
export const TAR_NAME = /\.(tar|tar\.gz|tgz)$/;

export const SETTING_KINDS: readonly SettingKind[] = [
  {
    file: 'rules.jsonl',
    name: 'rules',
    list: `{ all: merchandisingRules { id name action skus ${FILTER} strength startsAt endsAt forTypes forWords } }`,
    save: `mutation Restore($input: MerchandisingRuleInput!) {
      saved: saveMerchandisingRule(input: $input) { userErrors { field code message } }
    }`,
  },
  {
    file: 'golden-queries.jsonl',
    name: 'golden queries',
    list: `{ all: goldenQueries { id name text avoid imageSku ${FILTER} expectedSkus within } }`,
    save: `mutation Restore($input: GoldenQueryInput!) {
      saved: pinGoldenQuery(input: $input) { userErrors { field code message } }
    }`,
  },
];

interface Saved {
  saved: { userErrors: { field: string[]; code: string; message: string }[] };
}

/** All of a kind, one JSON object a line, in the form in which it is saved. */
export async function readSettings(api: ApiClient, { list }: SettingKind): Promise<string> {
  const { all } = await api.callPatiently<{ all: object[] }>({ query: list });
  return all.map((one) => `${JSON.stringify(one, (_key, value: unknown) => value ?? undefined)}\n`).join('');
}

/** Saves one line under the id that it has, so that a second time changes nothing. @returns what was wrong with it, or null */
export async function saveSetting(api: ApiClient, { save }: SettingKind, line: string): Promise<string | null> {
  const { saved } = await api.callPatiently<Saved>({ query: save, variables: { input: JSON.parse(line) as unknown } });
  const [error] = saved.userErrors;
  return error ? `${error.code}: ${error.field.slice(1).join('.')}: ${error.message}` : null;
}
