// The playground's worked examples, from schema/queries: a query text with a comment that says whom it is for, and beside
// it the variables it may need.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../config.js';

export const EXAMPLE_GROUPS = ['storefront', 'merchant', 'analyst', 'admin'] as const;
export type ExampleGroup = (typeof EXAMPLE_GROUPS)[number];

export interface Example {
  /** The file's name without its ending. */
  id: string;
  title: string;
  group: ExampleGroup;
  /** What its user is about, a few words; examples of one task stand together. */
  task: string;
  /** What it shows, in a sentence. */
  shows: string;
  /** Without its leading comment. */
  query: string;
  /** JSON text; empty where it needs none. */
  variables: string;
}

const EXAMPLES_DIR = join(PROJECT_ROOT, 'schema', 'queries');
const HEADER =
  /^# title: (?<title>.+)\n# for: (?<group>\w+)\n# task: (?<task>.+)\n# shows: (?<shows>.+)\n+(?<query>[\s\S]+)$/;

/** All examples in the order of their file names. @throws Error naming a file whose leading comment is not of the form */
export async function readExamples(dir = EXAMPLES_DIR): Promise<Example[]> {
  const files = (await readdir(dir)).filter((file) => file.endsWith('.graphql')).sort();
  return Promise.all(files.map((file) => readExample(dir, file.replace(/\.graphql$/, ''))));
}

async function readExample(dir: string, id: string): Promise<Example> {
  const [text, variables] = await Promise.all([
    readFile(join(dir, `${id}.graphql`), 'utf8'),
    readFile(join(dir, `${id}.json`), 'utf8').catch(() => ''),
  ]);
  const { title, group, task, shows, query } = HEADER.exec(text)?.groups ?? {};
  if (!title || !task || !shows || !query || !EXAMPLE_GROUPS.includes(group as ExampleGroup)) {
    throw new Error(
      `${id}.graphql begins with "# title: …", "# for: ${EXAMPLE_GROUPS.join(' | ')}", "# task: …" and "# shows: …"`,
    );
  }
  return { id, title, group: group as ExampleGroup, task, shows, query, variables };
}
