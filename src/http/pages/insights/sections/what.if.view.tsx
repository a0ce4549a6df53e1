// A past request with other settings, compared with its recommendation under the current settings.
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
import { count, decimal, fusionText, readable, percent } from '../words/format.js';
import { rankChange } from './replay.view.js';

type WhatIf = NonNullable<WhatIfQuery['insights']['recommendation']>['whatIf'];

/** The logged recommendation. Its settings are the initial values of the form. */
type Logged = Pick<
  NonNullable<PastAnswerQuery['insights']['recommendation']>,
  'text' | 'hadImage' | 'diversity' | 'query'
>;

/** The score contributions with an adjustable weight, by their API names. */
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
  logged: Logged;
  /** The fusion methods of the active model. */
  methods: FusionMethod[];
}

export function WhatIfView({ id, logged, methods }: WhatIfViewProps): JSX.Element {
  const [settings, setSettings] = useState<WhatIfInput | null>(null);
  return (
    <>
      <section class="figure wide" aria-label="Other settings">
        <h2>What if?</h2>
        <p class="hint">Compares the request under other settings with the current settings. Nothing is saved.</p>
        <SettingsForm logged={logged} methods={methods} onTry={setSettings} />
      </section>
      {settings && (
        <Figure
          title="Result with these settings"
          operation={WhatIfDocument}
          variables={{ id, settings, first: FIRST }}
          isWide
        >
          {({ insights }) => insights.recommendation && <Comparison whatIf={insights.recommendation.whatIf} />}
        </Figure>
      )}
    </>
  );
}

interface SettingsFormProps extends Pick<WhatIfViewProps, 'logged' | 'methods'> {
  onTry: (settings: WhatIfInput) => void;
}

function SettingsForm({ logged, methods, onTry }: SettingsFormProps): JSX.Element {
  const { diversity, query } = logged;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    onTry(settingsOf(new FormData(event.currentTarget as HTMLFormElement), query));
  };
  return (
    <form class="settings" onSubmit={submit}>
      <FusionFields logged={logged} methods={methods} />
      <label>
        <span>Diversity, 0 to 1</span>
        <input name="diversity" type="number" min="0" max="1" step="any" defaultValue={String(diversity)} required />
      </label>
      <label>
        <span>Shopper profile, 0 to 2</span>
        <input name="taste" type="number" min="0" max="2" step="any" defaultValue="1" required />
      </label>
      <label class="check">
        <input name="rules" type="checkbox" defaultChecked /> Merchandising rules
      </label>
      <label class="check">
        <input name="learned" type="checkbox" defaultChecked /> Learned weights
      </label>
      <details>
        <summary>Weights of the score contributions</summary>
        <div class="settings">
          {WEIGHTS.map((name) => (
            <label key={name}>
              <span>{readable(name)}</span>
              <input name={name} type="number" min="-100" max="100" step="any" defaultValue="1" required />
            </label>
          ))}
        </div>
      </details>
      <button class="quiet-button">Compare</button>
    </form>
  );
}

/** Fields for the fusion of text and picture. The weight needs a request with both. */
function FusionFields({ logged, methods }: Pick<WhatIfViewProps, 'logged' | 'methods'>): JSX.Element {
  const { text, hadImage, query } = logged;
  return (
    <>
      <label>
        <span>Fusion</span>
        <select name="method">
          {methods.map((method) => (
            <option key={method} value={method} selected={method === query.fusion}>
              {readable(method)}
            </option>
          ))}
        </select>
      </label>
      {text !== null && hadImage && (
        <label>
          <span>Weight of the text, 0 to 1</span>
          <input
            name="textWeight"
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

/** Returns the settings. It sends weights only if one is not 1, because they replace the learned weights. */
function settingsOf(fields: FormData, { fusion, textWeight }: Logged['query']): WhatIfInput {
  const number = (name: string): number => Number(fields.get(name));
  const method = fields.get('method') as FusionMethod;
  const newTextWeight = fields.has('textWeight') ? number('textWeight') : textWeight;
  const weights = WEIGHTS.map((name) => ({ name, factor: number(name) })).filter(({ factor }) => factor !== 1);
  return {
    diversity: number('diversity'),
    taste: number('taste'),
    rules: fields.has('rules'),
    learned: fields.has('learned'),
    ...((method !== fusion || newTextWeight !== textWeight) && {
      fusion: { method, textWeight: newTextWeight, imageWeight: 1 - newTextWeight },
    }),
    ...(weights.length > 0 && { weights }),
  };
}

function Comparison({ whatIf }: { whatIf: WhatIf }): JSX.Element {
  const { overlap, rankCorrelation, moves, edges, baseline, query } = whatIf;
  const now = baseline.map(({ node }) => node.sku);
  const gone = baseline.filter(({ node }) => !edges.some((edge) => edge.node.sku === node.sku));
  return (
    <>
      <StatTiles
        stats={[
          { name: 'Garments in both results', value: percent(overlap) },
          { name: 'Rank correlation', value: decimal(rankCorrelation), note: 'Kendall’s tau; 1 means the same order' },
          { name: 'Garments with another rank', value: count(moves.length) },
        ]}
      />
      <p class="hint">Text and picture: {fusionText(query)}</p>
      <Ranked edges={edges} noteOf={(sku, rank) => rankChange(now.indexOf(sku) + 1, rank)} />
      {gone.length > 0 && (
        <>
          <h3>No longer in the result</h3>
          <Ranked edges={gone} noteOf={() => 'current settings'} />
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
