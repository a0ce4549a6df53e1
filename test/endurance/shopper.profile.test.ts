// Twelve shoppers with one color family and one style each, on the drawn sample.
// Ten recommendations with clicks must improve other requests of the same shopper.
import { withApp } from '../support/app.js';
import { commonPreferences, SimulatedShoppers } from '../support/shoppers.js';

const CLICKED_REQUESTS = [
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
const PREFERENCES = ['Casual', 'Sports', 'Smart Casual', 'Formal'].flatMap((usage) => commonPreferences(usage, 3));

const server = withApp({ sample: true });
const shoppers = new SimulatedShoppers(server);
const figures: string[] = [];

afterAll(() => console.log(figures.join('\n')));

it.each(PREFERENCES)(
  'a shopper who likes $family in $usage finds at least 1.5 times as much of it after ten recommendations',
  async (preference) => {
    const name = `${preference.family} ${preference.usage}`;
    const before = await shoppers.precision(preference, OTHER_REQUESTS);
    const clicks = await shoppers.browse(name, preference, CLICKED_REQUESTS);
    const after = await shoppers.precision(preference, OTHER_REQUESTS, name);
    figures.push(`${name.padEnd(20)} ${clicks} clicks, P@10 ${before.toFixed(3)} → ${after.toFixed(3)}`);
    expect(clicks).toBeGreaterThan(0);
    expect(after).toBeGreaterThanOrEqual(Math.max(1.5 * before, before + 0.01));
  },
  60_000,
);

it('the recommendations of other shoppers do not change', async () => {
  for (const text of OTHER_REQUESTS) {
    expect((await shoppers.ask(text, 'somebody else')).seen).toEqual((await shoppers.ask(text)).seen);
  }
});

it('attributes in the text outrank the profile: the first garments have the requested color and type', async () => {
  const { seen } = await shoppers.ask('a red dress', 'blue Casual');
  const { seen: anonymous } = await shoppers.ask('a red dress');
  expect(seen.slice(0, 4).every(({ color, garmentType }) => color === 'Red' && garmentType === 'DRESS')).toBe(true);
  expect(
    seen
      .slice(0, 4)
      .map(({ sku }) => sku)
      .sort(),
  ).toEqual(
    anonymous
      .slice(0, 4)
      .map(({ sku }) => sku)
      .sort(),
  );
});
