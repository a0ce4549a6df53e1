// The playground's worked examples, read from schema/queries.
// Each is a .graphql file with a header comment, and a .json file with variables if the query needs them.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../config.js';

export const EXAMPLE_GROUPS = ['storefront', 'merchant', 'analyst', 'admin'] as const;
export type ExampleGroup = (typeof EXAMPLE_GROUPS)[number];

export interface Example {
  /** The file name without its extension. */
  id: string;
  title: string;
  group: ExampleGroup;
  /** The user's task in a few words. The menu groups examples by it. */
  task: string;
  /** One sentence about the example. */
  shows: string;
  /** The query without its header comment. */
  query: string;
  /** JSON text. Empty for a query without variables. */
  variables: string;
}

const EXAMPLES_DIR = join(PROJECT_ROOT, 'schema', 'queries');
const HEADER =
  /^# title: (?<title>.+)\n# for: (?<group>\w+)\n# task: (?<task>.+)\n# shows: (?<shows>.+)\n+(?<query>[\s\S]+)$/;

/** Returns all examples, ordered by file name. @throws Error with the name of a file whose header is malformed */
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
      `${id}.graphql must begin with "# title: …", "# for: ${EXAMPLE_GROUPS.join(' | ')}", "# task: …", "# shows: …".`,
    );
  }
  return { id, title, group: group as ExampleGroup, task, shows, query, variables };
}
