// A panel as a folder: sheets, an HTML page, and the key, which is read after everybody has answered.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pairSheet } from '../../src/pictures/compose/pair.sheet.js';
import { CannotRun } from '../../src/cli/exit.js';
import type { PanelPair } from './panel.pairs.js';

export const ANSWERS_FILE = 'answers.txt';
const KEY_FILE = 'key.json';
const COLUMNS = 2;
const PAIRS_PER_SHEET = 6;

/** The side that shows our outfit, for each pair from pair 1. */
type Key = ('A' | 'B')[];

export async function writePanel(folder: string, pairs: readonly PanelPair[], width: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const size = { width, height: Math.round(1.25 * width) };
  for (let start = 0; start < pairs.length; start += PAIRS_PER_SHEET) {
    const name = `sheet-${String(1 + start / PAIRS_PER_SHEET).padStart(2, '0')}.png`;
    await writeFile(join(folder, name), await pairSheet(pairs.slice(start, start + PAIRS_PER_SHEET), COLUMNS, size));
  }
  await writeFile(join(folder, 'index.html'), pageOf(pairs));
  await writeFile(join(folder, KEY_FILE), `${JSON.stringify(pairs.map(({ ours }) => ours))}\n`);
}

/** Reads the key of a panel. @throws CannotRun if the folder is not a panel */
export async function readKey(folder: string): Promise<Key> {
  const text = await readFile(join(folder, KEY_FILE), 'utf8').catch(() => {
    throw new CannotRun(`${folder} has no ${KEY_FILE}: \`fitroom panel draw --out ${folder}\` creates one.`);
  });
  return JSON.parse(text) as Key;
}

/** Returns an HTML page that shows one pair after the other and, at the end, offers the answers as a file. */
function pageOf(pairs: readonly PanelPair[]): string {
  const data = pairs.map(({ pictures }) =>
    pictures.map((picture) => `data:image/png;base64,${Buffer.from(picture).toString('base64')}`),
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Which outfit is better?</title>
<style>
  body { font: 1.1rem system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; text-align: center }
  div { display: flex; gap: 1rem; justify-content: center }
  figure { margin: 0 }
  img { max-width: 100% }
</style>
<h1>Which outfit is better?</h1>
<p id="at" aria-live="polite"></p>
<div><figure><img id="a" alt="Outfit A"><figcaption>A</figcaption></figure>
<figure><img id="b" alt="Outfit B"><figcaption>B</figcaption></figure></div>
<p><button data-key="A">A is better</button> <button data-key="=">No difference</button> <button data-key="B">B is better</button></p>
<p id="done"></p>
<script>
  const pairs = ${JSON.stringify(data)};
  const answers = [];
  const $ = (id) => document.getElementById(id);
  function show() {
    const pair = pairs[answers.length];
    $('at').textContent = pair ? 'Pair ' + (answers.length + 1) + ' of ' + pairs.length + ': press A, B or =; ⌫ undoes the last answer' : 'Thank you.';
    if (pair) [$('a').src, $('b').src] = pair;
    else {
      const text = answers.map((answer, i) => i + 1 + ' ' + answer).join('\\n') + '\\n';
      const link = Object.assign(document.createElement('a'), { download: '${ANSWERS_FILE}', textContent: 'Save the answers' });
      link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
      $('done').replaceChildren(link);
    }
  }
  function answer(key) {
    if (answers.length < pairs.length && ['A', 'B', '='].includes(key)) answers.push(key);
    else if (key === 'BACKSPACE') answers.pop();
    show();
  }
  addEventListener('keydown', (event) => answer(event.key.toUpperCase()));
  for (const button of document.querySelectorAll('button')) button.onclick = () => answer(button.dataset.key);
  show();
</script>
</html>
`;
}
