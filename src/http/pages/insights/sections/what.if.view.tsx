// A past request under other settings, beside what it would get now.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import {
  WhatIfDocument,
  type FusionMethod,
  type PastAnswerQuery,
  type WhatIfInput,
  type WhatIfQuery,
} from '../../../../client/insights.operations.js';
import { Figure } from '../parts/figure.js';
import { GarmentTile } from '../parts/garment.tile.js';
import { StatTiles } from '../parts/stat.tiles.js';
import { count, decimal, fusionInWords, inWords, percent } from '../words/format.js';
import { placeThen } from './replay.view.js';

type WhatIf = NonNullable<WhatIfQuery['insights']['recommendation']>['whatIf'];

/** The answer as it was given, whose settings are the form's beginning. */
type Given = Pick<
  NonNullable<PastAnswerQuery['insights']['recommendation']>,
  'text' | 'hadImage' | 'diversity' | 'query'
>;

/** Parts of a score whose factor may be chosen, as the API names them. */
const WEIGHTS = [
  'textSimilarity',
  'imageSimilarity',
  'garmentType',
  'category',
  'color',
  'gender',
  'usage',
  'lexical',
  'avoid',
  'shopper',
];
const FIRST = 12;

interface WhatIfViewProps {
  id: string;
  answer: Given;
  /** Fusions that the running model has. */
  methods: FusionMethod[];
}

export function WhatIfView({ id, answer, methods }: WhatIfViewProps): JSX.Element {
  const [settings, setSettings] = useState<WhatIfInput | null>(null);
  return (
    <>
      <section class="figure wide" aria-label="Other settings">
        <h2>What if?</h2>
        <p class="hint">
          The same request under other settings, beside its answer under present ones. Nothing of it is kept.
        </p>
        <SettingsForm answer={answer} methods={methods} onTry={setSettings} />
      </section>
      {settings && (
        <Figure title="What it would get" operation={WhatIfDocument} variables={{ id, settings, first: FIRST }} isWide>
          {({ insights }) => insights.recommendation && <Tried tried={insights.recommendation.whatIf} />}
        </Figure>
      )}
    </>
  );
}

interface SettingsFormProps extends Pick<WhatIfViewProps, 'answer' | 'methods'> {
  onTry: (settings: WhatIfInput) => void;
}

function SettingsForm({ answer, methods, onTry }: SettingsFormProps): JSX.Element {
  const { diversity, query } = answer;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    onTry(settingsOf(new FormData(event.currentTarget as HTMLFormElement), query));
  };
  return (
    <form class="settings" onSubmit={submit}>
      <FusionFields answer={answer} methods={methods} />
      <label>
        <span>Diversity, 0 to 1</span>
        <input name="diversity" type="number" min="0" max="1" step="any" defaultValue={String(diversity)} required />
      </label>
      <label>
        <span>Taste, 0 to 2</span>
        <input name="taste" type="number" min="0" max="2" step="any" defaultValue="1" required />
      </label>
      <label class="check">
        <input name="rules" type="checkbox" defaultChecked /> Merchandising rules
      </label>
      <label class="check">
        <input name="learned" type="checkbox" defaultChecked /> Learned weights
      </label>
      <details>
        <summary>Factors of the parts of a score</summary>
        <div class="settings">
          {WEIGHTS.map((name) => (
            <label key={name}>
              <span>{inWords(name)}</span>
              <input name={name} type="number" min="-100" max="100" step="any" defaultValue="1" required />
            </label>
          ))}
        </div>
      </details>
      <button class="quiet-button">Try it</button>
    </form>
  );
}

/** How both sides are brought together; a request of one side has nothing to weigh. */
function FusionFields({ answer, methods }: Pick<WhatIfViewProps, 'answer' | 'methods'>): JSX.Element {
  const { text, hadImage, query } = answer;
  return (
    <>
      <label>
        <span>Fusion</span>
        <select name="method">
          {methods.map((method) => (
            <option key={method} value={method} selected={method === query.fusion}>
              {inWords(method)}
            </option>
          ))}
        </select>
      </label>
      {text !== null && hadImage && (
        <label>
          <span>Words count, 0 to 1</span>
          <input
            name="words"
            type="number"
            min="0"
            max="1"
            step="any"
            defaultValue={String(query.textWeight)}
            required
          />
        </label>
      )}
    </>
  );
}

/** Factors take the place of learned weights, so they are sent only where one is not 1. */
function settingsOf(fields: FormData, { fusion, textWeight }: Given['query']): WhatIfInput {
  const number = (name: string): number => Number(fields.get(name));
  const method = fields.get('method') as FusionMethod;
  const words = fields.has('words') ? number('words') : textWeight;
  const weights = WEIGHTS.map((name) => ({ name, factor: number(name) })).filter(({ factor }) => factor !== 1);
  return {
    diversity: number('diversity'),
    taste: number('taste'),
    rules: fields.has('rules'),
    learned: fields.has('learned'),
    ...((method !== fusion || words !== textWeight) && {
      fusion: { method, textWeight: words, imageWeight: 1 - words },
    }),
    ...(weights.length > 0 && { weights }),
  };
}

function Tried({ tried }: { tried: WhatIf }): JSX.Element {
  const { overlap, rankCorrelation, moves, edges, baseline, query } = tried;
  const now = baseline.map(({ node }) => node.sku);
  const gone = baseline.filter(({ node }) => !edges.some((edge) => edge.node.sku === node.sku));
  return (
    <>
      <StatTiles
        stats={[
          { name: 'Stays among the first', value: percent(overlap) },
          { name: 'Order agrees', value: decimal(rankCorrelation), note: 'Kendall’s tau, 1 the same' },
          { name: 'Garments that move', value: count(moves.length) },
        ]}
      />
      <p class="hint">Words and picture: {fusionInWords(query)}</p>
      <Ranked edges={edges} noteOf={(sku, rank) => placeThen(now.indexOf(sku) + 1, rank)} />
      {gone.length > 0 && (
        <>
          <h3>No longer among them</h3>
          <Ranked edges={gone} noteOf={() => 'now'} />
        </>
      )}
    </>
  );
}

interface RankedProps {
  edges: WhatIf['edges'];
  noteOf: (sku: string, rank: number) => string;
}

function Ranked({ edges, noteOf }: RankedProps): JSX.Element {
  return (
    <ul class="tiles">
      {edges.map(({ rank, score, node }) => (
        <li key={node.sku}>
          <GarmentTile garment={node}>
            <b>{rank}</b> · {decimal(score)} · {noteOf(node.sku, rank)}
          </GarmentTile>
        </li>
      ))}
    </ul>
  );
}
