// card.mjs - what is known of one place: name, reading, codes, history, sources.
import { make, sourceLink } from './dom.mjs';
import { both, metres, text } from './i18n.mjs';

const yearOf = (date) => date.slice(0, 4);

function spanOf({ valid_from: from, valid_to: to, basis }) {
  const star = basis === 'edition' ? '*' : '';
  if (from && to) return text('span', yearOf(from), yearOf(to)) + star;
  if (to) return text('until', yearOf(to)) + star;
  if (from) return text('since', yearOf(from)) + star;
  return '';
}

function row(label, ...content) {
  return make('div', { class: 'row' }, make('dt', {}, label), make('dd', {}, ...content));
}

function divisionPath(division, open) {
  return division.flatMap((part, index) => [
    index > 0 ? ' › ' : '',
    make('button', { type: 'button', class: 'link', onclick: () => open(part.id) }, part.name),
  ]);
}

function facts(properties, open) {
  const { division = [], position, code, id } = properties;
  const above = division.filter((part) => part.id !== id);
  return make('dl', {},
    properties.category_name ? row(text('category'), both(properties.category_name)) : null,
    code ? row(text('code'), make('code', {}, code)) : null,
    above.length > 0 ? row(text('division'), ...divisionPath(above, open)) : null,
    properties.address ? row(text('address'), properties.address) : null,
    position ? row(text('position'), positionText(position)) : null);
}

function positionText(position) {
  const how = text(`method.${position.method}`);
  if (position.method === 'none' || !position.accuracy_m) return how;
  return `${how} · ${text('within', metres(position.accuracy_m))}`;
}

function namesOf(names, kinds) {
  const shown = names.filter((name) => kinds.includes(name.kind));
  if (shown.length === 0) return null;
  return make('ul', { class: 'names' }, shown.map((name) => make('li', {},
    make('b', {}, name.text), ' ',
    name.roman ? make('i', { lang: 'zh-Latn' }, name.roman) : null, ' ',
    make('span', { class: 'quiet' }, [text(`kind.${name.kind}`), spanOf(name)].filter(Boolean).join(' · ')))));
}

function section(title, ...content) {
  const shown = content.filter(Boolean);
  return shown.length > 0 ? make('section', {}, make('h3', {}, title), ...shown) : null;
}

// Names and changes in one line of time, oldest first; an open beginning first.
function timeline(names, changes, self, open) {
  const events = names
    .filter((name) => ['standard', 'former'].includes(name.kind) && (name.valid_from || name.valid_to))
    .map((name) => ({ date: name.valid_from ?? '', node: [make('b', {}, name.text), ` ${spanOf(name)}`] }))
    .concat(changes.map((change) => ({ date: change.date ?? '', node: changeNode(change, self, open) })));
  if (events.length === 0) return null;
  events.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return make('ol', { class: 'timeline' }, events.map((event) => make('li', {}, ...event.node)));
}

function changeNode(change, self, open) {
  const link = (end) => (end.id === self ? make('b', {}, end.name)
    : make('button', { type: 'button', class: 'link', onclick: () => open(end.id) }, end.name));
  const star = change.basis === 'edition' ? '*' : '';
  return [
    make('time', {}, change.date ? `${change.date}${star} ` : ''),
    change.from ? link(change.from) : null, ` ${text(`change.${change.kind}`)} `,
    change.to ? link(change.to) : null,
    change.note ? make('span', { class: 'quiet' }, ` ${change.note}`) : null,
  ];
}

// Facts that sources state, side by side where they differ.
function claimList(claims) {
  if (claims.length === 0) return [];
  const groups = Map.groupBy ? Map.groupBy(claims, (claim) => claim.property) : groupBy(claims);
  return [...groups].map(([property, group]) => make('div', { class: 'claims' },
    make('h4', {}, text(`property.${property}`)),
    new Set(group.map((claim) => claim.value_date ?? claim.value)).size > 1 && group.length > 1 && isDated(group)
      ? make('p', { class: 'dispute' }, text('disputed')) : null,
    make('ul', {}, group.map((claim) => make('li', {},
      make('span', {}, claim.value),
      make('cite', {}, sourceLink(claim.source_title ?? '', claim.source_url),
        claim.grade ? ` (${claim.grade} · ${text(`grade.${claim.grade}`)})` : ''))))));
}

// Two events may well have two dates; one building cannot.
const isDated = (group) => ['built', 'founded', 'rebuilt'].includes(group[0].property);

function groupBy(claims) {
  const groups = new Map();
  for (const claim of claims) groups.set(claim.property, [...(groups.get(claim.property) ?? []), claim]);
  return groups;
}

function sourceList(sources) {
  return make('ul', { class: 'sources' }, sources.map((source) => make('li', {},
    sourceLink(source.title, source.url), ' ',
    make('span', { class: 'quiet' }, [source.edition, source.licence].filter(Boolean).join(' · ')))));
}

function childList(children, open) {
  return make('p', { class: 'children' }, children.map((child) =>
    make('button', { type: 'button', class: 'chip', onclick: () => open(child.id) }, child.name)));
}

const hasEdition = (names, changes) => [...names, ...changes].some((item) => item.basis === 'edition');

// placeCard(feature of /v1/places, feature of the answer or null, open, back)
export function placeCard(feature, answer, open, back) {
  const properties = feature.properties;
  const { names = [], changes = [], claims = [], sources = [], children = [] } = properties;
  const reasons = answer?.properties.reasons ?? [];
  const line = timeline(names, changes, properties.id, open);
  return [
    back ? make('button', { type: 'button', class: 'link back', onclick: back }, `‹ ${text('back')}`) : null,
    make('h2', {}, answerTitle(answer, properties.id) ?? properties.name),
    properties.roman ? make('p', { class: 'reading', lang: 'zh-Latn' }, properties.roman) : null,
    properties.status === 'historical' ? make('p', { class: 'badge' }, text('historical')) : null,
    properties.statistical ? make('p', { class: 'badge' }, text('statistical')) : null,
    reasons.length > 0 ? make('ul', { class: 'reasons' }, reasons.map((reason) => make('li', {}, both(reason)))) : null,
    facts({ ...properties, address: properties.address ?? answerAddress(answer) }, open),
    section(text('formerNames'), namesOf(names, ['former'])),
    section(text('history'), line, properties.history ? make('p', {}, properties.history) : null,
      line && hasEdition(names, changes) ? make('p', { class: 'quiet' }, text('editionNote')) : null),
    section(text('origin'), properties.origin ? make('p', {}, properties.origin) : null),
    section(text('meaning'), properties.meaning ? make('p', {}, properties.meaning) : null),
    section(text('stories'), ...claimList(claims)),
    section(text('otherNames'), namesOf(names, ['alias', 'short', 'official', 'variant'])),
    section(text('children'), children.length > 0 ? childList(children, open) : null),
    section(text('sources'), sources.length > 0 ? sourceList(sources) : null),
  ].filter(Boolean);
}

// An address is named by its road and number, not by the road alone.
function answerTitle(answer, place) {
  if (!answer?.properties.address_id || answer.properties.place_id !== place) return undefined;
  const { street, name, housenumber } = answer.properties.geocoding;
  return `${street ?? name}${housenumber ?? ''}`;
}

const answerAddress = (answer) => (answer?.properties.address_id ? answer.properties.label : undefined);
