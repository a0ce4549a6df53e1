// Why there are fewer looks than were asked for.
import type { Money } from '../catalog/garment.js';
import type { LocalizedText } from '../text/language.js';

export const SHORTFALL_CODES = ['NO_MATCH', 'BUDGET', 'CATALOG'] as const;
export type ShortfallCode = (typeof SHORTFALL_CODES)[number];

export interface Shortfall {
  code: ShortfallCode;
  message: LocalizedText;
  /** With BUDGET: the least that a whole look was found for. */
  cheapest: Money | null;
}

export const NO_MATCH: Shortfall = {
  code: 'NO_MATCH',
  message: {
    EN: 'No match that a look can be built on: each is sold out, to be avoided, part of no look, or does not go with what is kept.',
    ZH: '没有可以搭配的商品：要么缺货、要避开，要么不属于搭配，或与保留的单品不相配。',
  },
  cheapest: null,
};

export const NO_FURTHER_MATCH: Shortfall = {
  code: 'NO_MATCH',
  message: {
    EN: 'No further match that a look can be built on: each is in a look already.',
    ZH: '没有更多可以搭配的商品：每一件都已在某套搭配里。',
  },
  cheapest: null,
};

export const NO_MORE: Shortfall = {
  code: 'CATALOG',
  message: {
    EN: 'The catalog has no more looks that are whole and share no piece with those before.',
    ZH: '没有更多既完整又不重复单品的搭配了。',
  },
  cheapest: null,
};

/** @param cheapest null: no piece has a price in the budget's currency */
export function overBudget(budget: Money, cheapest: Money | null): Shortfall {
  const limit = `${budget.amount} ${budget.currency}`;
  if (cheapest === null) {
    return {
      code: 'BUDGET',
      message: {
        EN: `No whole look has its prices in ${budget.currency}.`,
        ZH: `没有以${budget.currency}标价的完整搭配。`,
      },
      cheapest,
    };
  }
  const least = `${cheapest.amount} ${cheapest.currency}`;
  return {
    code: 'BUDGET',
    message: {
      EN: `The budget of ${limit} allows no more; the cheapest further look costs ${least}.`,
      ZH: `预算${limit}不够再搭配一套，最便宜的一套要${least}。`,
    },
    cheapest,
  };
}
