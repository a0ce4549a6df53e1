// The page's first requests, and its last words.
import { refresh } from './answer.js';
import { refreshFacets } from './facets.js';
import { words } from './request.js';
import { sendFeedback } from './shopper.js';

export function start(): void {
  words.value = new URLSearchParams(location.search).get('q') ?? '';
  void Promise.all([refresh(), refreshFacets()]);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void sendFeedback();
  });
}
