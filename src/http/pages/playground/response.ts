// The response of the open tab: its cost and the pictures of its garments.
import { h, useMemo, useOpenTab, type ReactElement } from './graphiql.js';

/** The strip shows at most this many pictures; more do not help to assess a response. */
const MAX_PICTURES = 24;

interface GraphQLResponse {
  data?: unknown;
  extensions?: { cost?: { points: number; limit: number } };
}

interface PicturedGarment {
  imageUrl: string;
  title?: string | null;
  sku?: string;
  /** Null outside ranked results. */
  rank: number | null;
}

/** Shows the cost of the response and the limit for one operation. */
export function ResponseCost(): ReactElement | null {
  const response = useOpenTab()?.response;
  const cost = useMemo(() => parseResponse(response)?.extensions?.cost, [response]);
  if (!cost) return null;
  const [points, limit] = [cost.points, cost.limit].map((value) => value.toLocaleString('en'));
  const title = 'One point is about 0.5 ms of one CPU core. The server computes the cost before it runs the operation.';
  return h(
    'p',
    { className: 'cost', title },
    `Cost: ${points} of ${limit} points `,
    h('meter', { value: cost.points, max: cost.limit, 'aria-label': 'Share of the limit' }),
  );
}

/** Shows the pictures of the garments in the response. */
export function ResponsePictures(): ReactElement | null {
  const response = useOpenTab()?.response;
  const garments = useMemo(
    () => [...garmentsIn(parseResponse(response)?.data).values()].slice(0, MAX_PICTURES),
    [response],
  );
  if (garments.length === 0) return null;
  return h('div', { className: 'pictures', 'aria-label': 'Pictures of the garments' }, garments.map(figure));
}

function figure({ imageUrl, title, sku, rank }: PicturedGarment): ReactElement {
  const name = title ?? sku ?? '';
  return h(
    'figure',
    { key: imageUrl, title: [title, sku].filter(Boolean).join(' · ') },
    h('img', { src: imageUrl, alt: name }),
    h('figcaption', null, rank === null ? null : h('b', null, `${rank} `), name),
  );
}

/** Returns the parsed response. Null for the text of a network failure. */
function parseResponse(response: string | null | undefined): GraphQLResponse | null {
  try {
    return JSON.parse(response ?? 'null') as GraphQLResponse | null;
  } catch {
    return null;
  }
}

/** Returns the garments with a picture at any depth of the response, each once, by picture URL. */
function garmentsIn(
  value: unknown,
  garments = new Map<string, PicturedGarment>(),
  outerRank: number | null = null,
): Map<string, PicturedGarment> {
  if (Array.isArray(value)) for (const item of value) garmentsIn(item, garments, outerRank);
  else if (value !== null && typeof value === 'object') {
    const { imageUrl, rank = null, ...fields } = value as Partial<PicturedGarment>;
    const nearestRank = rank ?? outerRank;
    if (typeof imageUrl === 'string' && !garments.has(imageUrl))
      garments.set(imageUrl, { ...fields, imageUrl, rank: nearestRank });
    for (const inner of Object.values(value)) garmentsIn(inner, garments, nearestRank);
  }
  return garments;
}
