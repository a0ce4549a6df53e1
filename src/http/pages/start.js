// The start page: words and a photo, asked of the same API as every storefront asks. Before the first search it shows one
// garment of each type.
'use strict';

const GARMENT = 'sku title price { amount currency } imageUrl(width: 320)';
const TYPES = 'DRESS SHIRT OUTERWEAR PANTS SHOES SKIRT T_SHIRT SHORTS LONG_SLEEVE HAT'.split(' ');
const BROWSE = `query Browse { garments(first: 10) { totalCount nodes { ${GARMENT} } } model { id executionProvider } }`;
const ofType = (type) => `${type}: garments(first: 1, filter: { garmentTypes: [${type}] }) { nodes { ${GARMENT} } }`;
const ONE_OF_EACH = `query OneOfEach { ${TYPES.map(ofType).join(' ')} }`;
const FIND = `query Find($input: RecommendOutfitInput!) {
  recommendOutfit(input: $input) {
    status
    query { garmentTypes { garmentType probability } colors }
    garments(first: 10) { nodes { ${GARMENT} } edges { explanation { reasons } } }
  }
}`;
const STATUSES = {
  OK: '',
  PARTIAL: 'These are all that match.',
  WEAK: 'Nothing in the catalog is close to that; this is the nearest.',
  EMPTY: 'The catalog has nothing for that.',
};
/** Below it the likeliest type is a guess that nobody needs to read. */
const SAY_TYPE_FROM = 0.5;
/** Of up to six reasons the first say the most. */
const SHOWN_REASONS = 2;

const byId = (id) => document.getElementById(id);

/** The ImageInput to search with, and how to show it: null, or what the shopper chose. */
let picture = null;
/** How many searches were begun. */
let searches = 0;

async function ask(query, variables) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...window.access.headers() },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data;
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** @param reasonsOf for each garment why it is shown; empty while browsing */
function show(garments, reasonsOf) {
  const items = garments.map((garment, i) => {
    const src = garment.imageUrl ?? '/pages/mark.svg';
    const like = element('button', { type: 'button', title: 'More like this' }, element('img', { alt: '', src }));
    like.setAttribute('aria-label', `More like ${garment.title}`);
    like.addEventListener('click', () => choose({ input: { sku: garment.sku }, src, name: garment.title }));
    const reasons = (reasonsOf[i] ?? []).slice(0, SHOWN_REASONS).join(' · ');
    return element(
      'li',
      {},
      like,
      element('h2', {}, garment.title),
      element('p', { className: 'price' }, priceOf(garment)),
      element('p', {}, reasons),
    );
  });
  byId('garments').replaceChildren(...items);
}

function priceOf({ price }) {
  if (!price) return '';
  return new Intl.NumberFormat(undefined, { style: 'currency', currency: price.currency }).format(Number(price.amount));
}

async function browse() {
  const [{ garments, model }, byType] = await Promise.all([ask(BROWSE), ask(ONE_OF_EACH)]);
  const oneOfEach = TYPES.flatMap((type) => byType[type].nodes);
  byId('model').textContent = `Answered by ${model.id} on ${model.executionProvider}.`;
  return {
    note: `${garments.totalCount} garments in stock. Choose one, or a photo of yours, to see more like it.`,
    // a catalog of watches has none of the types, and a small one few
    garments: oneOfEach.length < garments.nodes.length / 2 ? garments.nodes : oneOfEach,
    reasons: [],
  };
}

async function find(input) {
  const { status, query, garments } = (await ask(FIND, { input })).recommendOutfit;
  return {
    note: [readAs(query), STATUSES[status]].filter(Boolean).join(' '),
    garments: garments.nodes,
    reasons: garments.edges.map(({ explanation }) => explanation.reasons),
  };
}

function readAs({ garmentTypes: [likeliest], colors }) {
  const sure = likeliest.probability >= SAY_TYPE_FROM;
  const type = `${likeliest.garmentType.toLowerCase().replace('_', '-')} (${Math.round(likeliest.probability * 100)} %)`;
  const read = [...(sure ? [type] : []), ...colors.map((color) => color.toLowerCase())];
  return read.length > 0 ? `Read as: ${read.join(', ')}.` : '';
}

async function search() {
  const turn = ++searches;
  const text = byId('words').value.trim();
  const input = { ...(text && { text }), ...(picture && { image: picture.input }) };
  const asked = Object.keys(input).length > 0;
  const answer = await (asked ? find(input) : browse()).catch((failure) => ({ note: failure.message }));
  // an answer that comes after the shopper has asked for something else is of no use
  if (turn !== searches) return;
  byId('understood').textContent = answer.note;
  if (answer.garments) show(answer.garments, answer.reasons);
}

/** Takes a picture to search with, or none, and searches. */
function choose(chosen) {
  picture = chosen;
  byId('chosen').hidden = chosen === null;
  if (chosen) {
    byId('chosen-picture').src = chosen.src;
    byId('chosen-name').textContent = chosen.name;
    window.scrollTo({ top: 0, behavior: 'smooth' });
  }
  search();
}

byId('photo').addEventListener('change', ({ target }) => {
  const [file] = target.files;
  if (!file) return;
  const reader = new FileReader();
  reader.addEventListener('load', () =>
    choose({ input: { base64: reader.result }, src: reader.result, name: file.name }),
  );
  reader.readAsDataURL(file);
  // the same file can be chosen again after it was taken off
  target.value = '';
});
byId('unchoose').addEventListener('click', () => choose(null));
document.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault();
  search();
});
search();
