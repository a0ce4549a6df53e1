// Pages of logged recommendations from the API, with shown SKUs and feedback.
import { CallRefused, type ApiClient } from '../api.client.js';

const PAGE = `query ExportAnswers($after: String) {
  insights {
    recommendations(first: 100, after: $after) {
      nodes {
        id at text avoid hadImage diversity status query { model fusion textWeight imageWeight } shownSkus
        feedback { sku kind at } latencyMs
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

interface PageResponse {
  insights: {
    recommendations: { nodes: object[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
  };
}

/**
 * Yields pages of logged recommendations, newest first. Yields nothing if the caller may not read them, so that a
 * merchant key can still export the catalog.
 */
export async function* recommendationPages(api: ApiClient): AsyncGenerator<object[]> {
  for (let after: string | null = null; ;) {
    const response: PageResponse | null = await api
      .callPatiently<PageResponse>({ query: PAGE, variables: { after } })
      .catch(nullWhereForbidden);
    if (response === null) return;
    const { nodes, pageInfo }: PageResponse['insights']['recommendations'] = response.insights.recommendations;
    yield nodes;
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

/**
 * Returns null for a role that may not read the log and so does not see the field. Earlier server versions returned
 * FORBIDDEN.
 */
function nullWhereForbidden(error: unknown): null {
  if (error instanceof CallRefused && ['GRAPHQL_VALIDATION_FAILED', 'FORBIDDEN'].includes(error.code)) return null;
  throw error;
}
