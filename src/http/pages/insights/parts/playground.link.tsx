// A link that opens a query in the playground.
import type { JSX } from 'preact';
import { playgroundAddress } from '../state/playground.js';

interface PlaygroundLinkProps {
  /** The subject of the query, for screen reader users who listen to a list of links. */
  about: string;
  query: { toString(): string };
  variables: object;
  children?: string;
}

// opens in the same tab, because the browser stores the API key per tab
export function PlaygroundLink({ about, query, variables, children }: PlaygroundLinkProps): JSX.Element {
  const text = children ?? 'Open this query in the playground';
  return (
    <a class="in-playground" href={playgroundAddress(query, variables)} aria-label={`${text}: ${about}`}>
      {text}
    </a>
  );
}
