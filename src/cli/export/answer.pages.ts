// Owns the reading of past answers through the API, page by page, with what was shown and what came of it. Knows no archive.
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

interface PageAnswer {
  insights: {
    recommendations: { nodes: object[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
  };
}

/** The newest first. Nothing where the caller may not read them: a merchant's key exports a catalog all the same. */
export async function* answerPages(api: ApiClient): AsyncGenerator<object[]> {
  for (let after: string | null = null; ;) {
    const answer: PageAnswer | null = await api
      .callPatiently<PageAnswer>({ query: PAGE, variables: { after } })
      .catch(nullWhereForbidden);
    if (answer === null) return;
    const { nodes, pageInfo }: PageAnswer['insights']['recommendations'] = answer.insights.recommendations;
    yield nodes;
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

/** A role that may not read them does not see the field; servers of earlier versions said FORBIDDEN. */
function nullWhereForbidden(error: unknown): null {
  if (error instanceof CallRefused && ['GRAPHQL_VALIDATION_FAILED', 'FORBIDDEN'].includes(error.code)) return null;
  throw error;
}
