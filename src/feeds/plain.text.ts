// HTML of a shop's description → its words.
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
const UNREAD = new Set(['script', 'style']);

/** Text without tags, entities read, white space in one. */
export function plainText(html: string): string {
  let text = '';
  let unread = 0;
  const parser = new Parser(
    {
      onopentagname(name) {
        if (UNREAD.has(name)) unread++;
        if (BLOCKS.has(name)) text += ' ';
      },
      onclosetag(name) {
        if (UNREAD.has(name)) unread--;
        if (BLOCKS.has(name)) text += ' ';
      },
      ontext(words) {
        if (unread === 0) text += words;
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return text.replace(/\s+/g, ' ').trim();
}
