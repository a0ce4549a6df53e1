// The first requests of the page, and the last events, which are sent when the page is hidden.
import { refresh } from './results.js';
import { refreshFacets } from './facets.js';
import { searchText } from './request.js';
import { sendFeedback } from './shopper.js';

export function start(): void {
  searchText.value = new URLSearchParams(location.search).get('q') ?? '';
  void Promise.all([refresh(), refreshFacets()]);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void sendFeedback();
  });
}
