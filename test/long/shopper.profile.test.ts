// Twelve shoppers, each with one colour family and one style in mind, on the drawn sample and the default bundle: what ten
// answers teach shows in requests that none of them made.
import { withApp } from '../support/app.js';
import { commonTastes, SimulatedShoppers } from '../support/shoppers.js';

const TEN_ANSWERS = [
  'a dress',
  'a shirt',
  'shoes',
  'trousers',
  'a T-shirt',
  'something for the weekend',
  'clothes for training',
  'what to wear to the office',
  'something for a party',
  'what to wear in spring',
];
const OTHER_REQUESTS = [
  'a top',
  'a coat',
  'shorts',
  'a hat',
  'a skirt',
  'a sweater',
  'a blouse',
  'clothes for a holiday',
  'something new to wear',
  'an outfit',
];
const TASTES = ['Casual', 'Sports', 'Smart Casual', 'Formal'].flatMap((usage) => commonTastes(usage, 3));

const server = withApp({ sample: true });
const shoppers = new SimulatedShoppers(server);
const figures: string[] = [];

afterAll(() => console.log(figures.join('\n')));

it.each(TASTES)(
  'a shopper who likes $family in $usage finds half as much again of it after ten answers',
  async (taste) => {
    const name = `${taste.family} ${taste.usage}`;
    const before = await shoppers.precision(taste, OTHER_REQUESTS);
    const clicks = await shoppers.browse(name, taste, TEN_ANSWERS);
    const after = await shoppers.precision(taste, OTHER_REQUESTS, name);
    figures.push(`${name.padEnd(20)} ${clicks} clicks, P@10 ${before.toFixed(3)} → ${after.toFixed(3)}`);
    expect(clicks).toBeGreaterThan(0);
    expect(after).toBeGreaterThanOrEqual(Math.max(1.5 * before, before + 0.01));
  },
  60_000,
);

it('nobody else’s answers have changed meanwhile', async () => {
  for (const text of OTHER_REQUESTS) {
    expect((await shoppers.ask(text, 'somebody else')).seen).toEqual((await shoppers.ask(text)).seen);
  }
});

it('what the words name still leads: the first is red, the type is the one asked for', async () => {
  const { seen } = await shoppers.ask('a red dress', 'blue Casual');
  const { seen: anybodys } = await shoppers.ask('a red dress');
  expect(seen.slice(0, 4).every(({ color, garmentType }) => color === 'Red' && garmentType === 'DRESS')).toBe(true);
  expect(
    seen
      .slice(0, 4)
      .map(({ sku }) => sku)
      .sort(),
  ).toEqual(
    anybodys
      .slice(0, 4)
      .map(({ sku }) => sku)
      .sort(),
  );
});
