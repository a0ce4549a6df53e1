// The start page: a search that asks the same API as every storefront. Before the first search it shows the catalog.
'use strict';

const GARMENT = 'sku title price { amount currency } imageUrl(width: 320)';
const BROWSE = `query Browse { garments(first: 12) { totalCount nodes { ${GARMENT} } } model { id executionProvider } }`;
const FIND = `query Find($text: String!) {
  recommendOutfit(input: { text: $text }) {
    status
    query { garmentTypes { garmentType probability } colors }
    garments(first: 12) { edges { node { ${GARMENT} } explanation { reasons } } }
  }
}`;
const STATUSES = {
  OK: '',
  PARTIAL: 'These are all that match.',
  WEAK: 'Nothing in the catalog is close to that; this is the nearest.',
  EMPTY: 'The catalog has nothing for that.',
};

const byId = (id) => document.getElementById(id);

async function ask(query, variables) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

/** @param rows garments, each with a line of its own beneath the title */
function show(rows) {
  const items = rows.map(({ garment, line }) => {
    const item = document.createElement('li');
    const image = Object.assign(document.createElement('img'), { alt: '', src: garment.imageUrl ?? '/pages/mark.svg' });
    item.append(image, element('h2', garment.title), element('p', line));
    return item;
  });
  byId('garments').replaceChildren(...items);
}

function priceOf({ price }) {
  if (!price) return '';
  return new Intl.NumberFormat(undefined, { style: 'currency', currency: price.currency }).format(Number(price.amount));
}

async function browse() {
  const { garments, model } = await ask(BROWSE);
  byId('understood').textContent = `${garments.totalCount} garments in stock.`;
  byId('model').textContent = `Answered by ${model.id} on ${model.executionProvider}.`;
  show(garments.nodes.map((garment) => ({ garment, line: priceOf(garment) })));
}

async function find(text) {
  const { status, query, garments } = (await ask(FIND, { text })).recommendOutfit;
  const [likeliest] = query.garmentTypes;
  const type = `${likeliest.garmentType.toLowerCase().replace('_', '-')} (${Math.round(likeliest.probability * 100)} %)`;
  const read = [type, ...query.colors.map((color) => color.toLowerCase())].join(', ');
  byId('understood').textContent = `Read as: ${read}. ${STATUSES[status]}`;
  show(garments.edges.map(({ node, explanation }) => ({ garment: node, line: explanation.reasons.join(' · ') })));
}

function tell(failure) {
  byId('understood').textContent = failure.message;
}

document.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = byId('words').value.trim();
  (text === '' ? browse() : find(text)).catch(tell);
});
browse().catch(tell);
