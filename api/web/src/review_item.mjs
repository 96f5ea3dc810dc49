// review_item.mjs - one of the queue: its records side by side, a map, the
// buttons, the trail.
import { byId, make } from './dom.mjs';
import { language, metres } from './i18n.mjs';
import { say, word } from './review_words.mjs';

const when = (at) => new Date(at).toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' });

export const tag = (item) => (item.kind === 'merge'
  ? make('span', { class: 'tag merge' }, word(`band.${item.band ?? 'review'}`))
  : make('span', { class: `tag ${item.severity}` }, word(`severity.${item.severity}`)));

// "A = B", or the record that it is about.
export function subjectOf(item) {
  if (item.kind === 'merge') return `${item.about?.name ?? ''} = ${item.other?.name ?? ''}`;
  return item.about?.name ?? '';
}

function facts(item) {
  const { evidence = {} } = item;
  return [
    item.score !== undefined && word('chance', item.score.toFixed(3)),
    evidence.distance_m !== undefined && word('distance', metres(evidence.distance_m)),
    evidence.east_m !== undefined && word('offset', metres(evidence.east_m), metres(evidence.north_m)),
    item.about?.division,
    item.code && word('code', item.code),
    word('version', item.version),
    item.clause && word('clause', item.clause),
  ].filter(Boolean).join('　');
}

function table(item) {
  const two = item.records.length === 2;
  const hasFix = item.fields.some((field) => field.fix);
  const head = make('tr', {}, make('th', { scope: 'col' }, word('field')), make('th', { scope: 'col' }, word(two ? 'a' : 'value')),
    two && make('th', { scope: 'col' }, word('b')), hasFix && make('th', { scope: 'col' }, word('fix')));
  const rows = item.fields.map((field) => make('tr', { class: field.differs ? 'differs' : null },
    make('th', { scope: 'row' }, language === 'en' ? field.en : field.zh), make('td', {}, field.a),
    two && make('td', {}, field.b), hasFix && make('td', { class: field.fix ? 'fix' : null }, field.fix ?? '')));
  return make('table', { class: 'card' }, make('thead', {}, head), make('tbody', {}, rows));
}

function picture(item) {
  if (!item.map) return make('p', { class: 'quiet' }, word('noMap'));
  // Of this host, whatever address the service believes it has.
  const { pathname, search } = new URL(item.map);
  const [lon, lat] = item.records.find((record) => record.position)?.position ?? [];
  const names = item.records.map((record) => record.name).join('、');
  return make('figure', { class: 'card' },
    make('a', { href: `./#map=15/${lat}/${lon}`, target: '_blank', rel: 'noopener' }, make('img', { src: `.${pathname}${search}`, alt: names, width: 360, height: 260 })),
    make('figcaption', {}, word('mapNote')));
}

const acceptWord = (item) => word(item.kind === 'merge' ? 'acceptMerge' : item.fix ? 'acceptFix' : 'acceptPlain');
const rejectWord = (item) => word(item.kind !== 'merge' ? 'rejectFinding' : item.subject === 'address' ? 'rejectAddress' : 'rejectMerge');
const waiveWord = (item) => word(item.kind === 'merge' ? 'waiveMerge' : 'waive');

function mendForm(item, why, onDecide) {
  const fields = item.fields.filter((field) => field.editable);
  const names = make('select', { 'aria-label': word('field_of'), id: 'mend-field' },
    fields.map((field) => make('option', { value: field.name }, language === 'en' ? field.en : field.zh)));
  const value = make('input', { 'aria-label': word('mend'), id: 'mend-value', autocomplete: 'off' });
  const insist = make('input', { type: 'checkbox' });
  const show = () => { const field = fields.find((one) => one.name === names.value); value.value = field?.fix ?? field?.value ?? ''; };
  if (item.fix && fields.some((field) => field.name === item.fix.field)) names.value = item.fix.field;
  names.addEventListener('change', show);
  show();
  return make('form', { class: 'mend', onsubmit: (event) => {
    event.preventDefault();
    onDecide({ action: 'edit', field: names.value, value: value.value, why: why.value || undefined, insist: insist.checked || undefined });
  } }, names, value, make('button', { type: 'submit' }, word('mendDo')),
  make('label', { class: 'insist' }, insist, word('insist')));
}

function desk(item, onDecide) {
  const why = make('textarea', { id: 'why', rows: 2 });
  const button = (action, words, style) => item.actions.includes(action) && make('button', { type: 'button', class: style, 'data-action': action,
    onclick: () => onDecide({ action, why: why.value || undefined }) }, words);
  const canMend = item.actions.includes('edit');
  return make('section', { class: 'decide card' }, make('label', { for: 'why' }, word('why')), why,
    make('div', { class: 'buttons' }, button('accept', acceptWord(item), 'main'), button('waive', waiveWord(item)), button('reject', rejectWord(item)),
      button('undo', word('action.undo'))),
    canMend && mendForm(item, why, onDecide));
}

function trail(item) {
  if (item.history.length === 0) return null;
  return make('section', {}, make('h3', {}, word('history')), make('ol', { class: 'trail' }, item.history.map((event) => make('li', {},
    make('time', { datetime: event.at }, when(event.at)), `${event.who}　${word(`action.${event.action}`)}`,
    event.field && ` ${event.field} → ${event.value}`, event.why && `　“${event.why}”`))));
}

// What else there is, or was, about the same record: a waiver of before, say.
export function showOthers(others, onOpen) {
  if (others.length === 0) return;
  byId('item').append(make('section', {}, make('h3', {}, word('others')), make('ul', { class: 'others' }, others.map((other) => make('li', {},
    tag(other), make('button', { type: 'button', class: 'link', onclick: () => onOpen(other.id) }, `${other.rule}　${say(other, 'message')}`),
    make('span', { class: 'quiet' }, `${word(`status.${other.status}`)}${other.decided?.why ? `　“${other.decided.why}”` : ''}`))))));
}

export function showItem(item, onDecide) {
  const place = byId('item');
  place.replaceChildren(
    make('h2', {}, tag(item), subjectOf(item) || say(item, 'title'), make('span', { class: 'tag' }, word(`status.${item.status}`))),
    make('p', { class: 'message' }, say(item, 'message')),
    make('p', { class: 'quiet' }, `${item.rule}　${say(item, 'title')}　${facts(item)}`),
    item.records.length > 0 ? make('div', { class: 'sides' }, table(item), picture(item)) : '',
    item.actions.length > 0 ? desk(item, onDecide) : '',
    trail(item) ?? '');
  place.scrollTop = 0;
}

export function showNothing() {
  byId('item').replaceChildren(make('p', { class: 'empty' }, word('choose')));
}
