// Rules and golden queries as files of an archive: read from the API and saved through it.
import type { ApiClient } from '../api.client.js';

/** One kind of setting: its file name, the query that reads all, and the mutation that saves one. */
export interface SettingKind {
  file: string;
  /** Name for people. */
  name: string;
  list: string;
  save: string;
}

const FILTER = `filter { garmentTypes categories colors genders brands materials usages tags sizes minPrice maxPrice
  currency inStockOnly excludeSkus }`;

/** File name pattern of an export archive. */
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

/** Returns all settings of a kind, one JSON object per line, in the form of their input type. */
export async function readSettings(api: ApiClient, { list }: SettingKind): Promise<string> {
  const { all } = await api.callPatiently<{ all: object[] }>({ query: list });
  return all.map((setting) => `${JSON.stringify(setting, (_key, value: unknown) => value ?? undefined)}\n`).join('');
}

/** Saves one line under its own ID, so that a repeated import changes nothing. Returns the error, or null. */
export async function saveSetting(api: ApiClient, { save }: SettingKind, line: string): Promise<string | null> {
  const { saved } = await api.callPatiently<Saved>({ query: save, variables: { input: JSON.parse(line) as unknown } });
  const [error] = saved.userErrors;
  return error ? `${error.code}: ${error.field.slice(1).join('.')}: ${error.message}` : null;
}
