// Reasons why a response has fewer outfits than requested.
import type { Money } from '../catalog/garment.js';
import type { LocalizedText } from '../text/language.js';

export const SHORTFALL_CODES = ['NO_MATCH', 'BUDGET', 'CATALOG'] as const;
export type ShortfallCode = (typeof SHORTFALL_CODES)[number];

export interface Shortfall {
  code: ShortfallCode;
  message: LocalizedText;
  /** With BUDGET: the lowest price of a complete outfit, or null if none has a price in the budget's currency. */
  cheapest: Money | null;
}

export const NO_MATCH: Shortfall = {
  code: 'NO_MATCH',
  message: {
    EN: 'No matching garment can start an outfit: each one is sold out, avoided, not wearable, or does not go with the locked items.',
    ZH: '没有可以搭配的商品：要么缺货、要避开，要么不属于搭配，或与保留的单品不相配。',
  },
  cheapest: null,
};

export const NO_FURTHER_MATCH: Shortfall = {
  code: 'NO_MATCH',
  message: {
    EN: 'No further matching garment can start an outfit: each one is already part of an outfit.',
    ZH: '没有更多可以搭配的商品：每一件都已在某套搭配里。',
  },
  cheapest: null,
};

export const NO_MORE: Shortfall = {
  code: 'CATALOG',
  message: {
    EN: 'The catalog has no further complete outfit without an item of the previous ones.',
    ZH: '没有更多既完整又不重复单品的搭配了。',
  },
  cheapest: null,
};

/** Returns the shortfall for a budget. @param cheapest null if no item has a price in the budget's currency */
export function overBudget(budget: Money, cheapest: Money | null): Shortfall {
  const limit = `${budget.amount} ${budget.currency}`;
  if (cheapest === null) {
    return {
      code: 'BUDGET',
      message: {
        EN: `No complete outfit has prices in ${budget.currency}.`,
        ZH: `没有以${budget.currency}标价的完整搭配。`,
      },
      cheapest,
    };
  }
  const least = `${cheapest.amount} ${cheapest.currency}`;
  return {
    code: 'BUDGET',
    message: {
      EN: `The budget of ${limit} allows no further outfit; the cheapest one costs ${least}.`,
      ZH: `预算${limit}不够再搭配一套，最便宜的一套要${least}。`,
    },
    cheapest,
  };
}
