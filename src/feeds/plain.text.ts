// Plain text of an HTML description.
import { Parser } from 'htmlparser2';

const BLOCKS = new Set([
  'p',
  'br',
  'div',
  'li',
  'ul',
  'ol',
  'tr',
  'td',
  'th',
  'table',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
]);
const SKIPPED = new Set(['script', 'style']);

/** Returns the text without tags, with entities decoded and white space collapsed. */
export function plainText(html: string): string {
  let text = '';
  let skippedDepth = 0;
  const parser = new Parser(
    {
      onopentagname(name) {
        if (SKIPPED.has(name)) skippedDepth++;
        if (BLOCKS.has(name)) text += ' ';
      },
      onclosetag(name) {
        if (SKIPPED.has(name)) skippedDepth--;
        if (BLOCKS.has(name)) text += ' ';
      },
      ontext(words) {
        if (skippedDepth === 0) text += words;
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return text.replace(/\s+/g, ' ').trim();
}
