// The way from what is seen to the query behind it.
import type { JSX } from 'preact';
import { playgroundAddress } from '../state/playground.js';

interface PlaygroundLinkProps {
  /** What the query is about, for who hears links one after the other. */
  about: string;
  query: { toString(): string };
  variables: object;
  children?: string;
}

// in this tab: a key is kept for a tab, and one that opens another has none
export function PlaygroundLink({ about, query, variables, children }: PlaygroundLinkProps): JSX.Element {
  const text = children ?? 'Open this query in the playground';
  return (
    <a class="in-playground" href={playgroundAddress(query, variables)} aria-label={`${text}: ${about}`}>
      {text}
    </a>
  );
}
