// review.mjs - the clerks' page: the key, the queue, the keyboard.
import { byId, make } from './dom.mjs';
import { language, switchLanguage } from './i18n.mjs';
import * as api from './review_api.mjs';
import { showItem, showNothing, showOthers, subjectOf, tag } from './review_item.mjs';
import { say, sayProblem, translate, word } from './review_words.mjs';

const STATUSES = ['open', 'accepted', 'fixed', 'waived', 'rejected', 'all'];
const NOTICE_MS = 6000;

const filter = { status: 'open', rule: '', severity: '', in: '', limit: 50 };
let items = [];
let total = 0;
let next = null;
let current = null; // the item that is shown
let rules = [];
let hiding = 0;

function tell(message, isBad = false) {
  const notice = byId('notice');
  notice.textContent = message;
  notice.className = isBad ? 'bad' : '';
  notice.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { notice.hidden = true; }, NOTICE_MS);
}

// Runs what asks the service; a key that is taken no more leads to the gate.
async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof api.Refusal)) tell(word('offline'), true);
    else if ([401, 403].includes(error.problem.status)) openGate(word('badKey'));
    else if (error.problem.status === 412 && error.problem.current) await showStale(error.problem.current);
    else tell(word('failed', sayProblem(error.problem)), true);
    return null;
  }
}

// ---- the gate ----

function openGate(fault = '') {
  api.setKey(null);
  byId('gate').hidden = false;
  byId('desk').hidden = byId('leave').hidden = true;
  byId('counts').textContent = '';
  byId('gate-fault').textContent = fault;
  byId('key').value = '';
  byId('key').focus();
}

async function enter() {
  byId('gate-fault').textContent = '';
  byId('gate').hidden = true;
  byId('desk').hidden = byId('leave').hidden = false;
  showNothing();
  if (await attempt(readSummary)) await readList();
}

// ---- the list ----

async function readSummary() {
  const summary = await api.summary();
  const { open, fixed, waived } = summary.status;
  byId('counts').textContent = word('counts', open, fixed, waived);
  rules = summary.rules;
  drawFilters();
  return true;
}

function drawFilters() {
  const change = (name) => (event) => { filter[name] = event.target.value.trim(); byId('bulk').hidden = true; readList(); };
  const tabs = STATUSES.map((status) => make('button', { type: 'button', 'aria-pressed': String(filter.status === status),
    onclick: () => { filter.status = status; byId('bulk').hidden = true; drawFilters(); readList(); } }, word(`status.${status}`)));
  const rule = make('select', { id: 'rule', 'aria-label': word('anyRule'), onchange: change('rule') }, make('option', { value: '' }, word('anyRule')),
    rules.map((one) => make('option', { value: one.rule }, `${one.rule} ${say(one, 'title')}（${one.open ?? 0}）`)));
  const severity = make('select', { 'aria-label': word('anySeverity'), onchange: change('severity') }, make('option', { value: '' }, word('anySeverity')),
    ['error', 'warning', 'info'].map((name) => make('option', { value: name }, word(`severity.${name}`))));
  const town = make('input', { 'aria-label': word('town'), placeholder: word('town'), inputmode: 'numeric', onchange: change('in'), value: filter.in });
  rule.value = filter.rule;
  severity.value = filter.severity;
  byId('filters').replaceChildren(make('div', { class: 'tabs', role: 'group' }, tabs), make('div', { class: 'picks' }, rule, severity, town),
    make('p', { class: 'found' }, make('span', { id: 'found' }, word('found', total)),
      make('button', { type: 'button', id: 'bulk-open', disabled: !filter.rule, onclick: openBulk }, word('bulkOpen'))));
}

function drawList() {
  byId('found').textContent = word('found', total);
  byId('bulk-open').disabled = !filter.rule || total === 0;
  byId('more').hidden = !next;
  byId('list').replaceChildren(...items.map((item) => make('li', {}, make('button', { type: 'button', 'data-id': item.id,
    'aria-current': String(item.id === current?.id), onclick: () => openItem(item.id) },
  tag(item), make('span', { class: 'who' }, subjectOf(item) || `${item.rule} ${say(item, 'title')}`),
  make('span', { class: 'what' }, say(item, 'message'))))));
  if (items.length === 0) byId('list').append(make('li', { class: 'quiet' }, word('none')));
}

function take(page) {
  total = page.total;
  next = page.links.find((link) => link.rel === 'next')?.href ?? null;
}

async function readList() {
  const page = await attempt(() => api.list(filter));
  if (!page) return;
  ({ items } = page);
  take(page);
  drawList();
}

async function readMore() {
  const { search } = new URL(next);
  const page = await attempt(() => api.follow(`v1/review${search}`));
  if (!page) return;
  items.push(...page.items);
  take(page);
  drawList();
}

// ---- one ----

async function openItem(id, isFocused = false) {
  const item = await attempt(() => api.item(id));
  if (!item) return;
  current = item;
  showItem(item, decide);
  readOthers(item);
  for (const button of byId('list').querySelectorAll('button')) {
    const isThis = Number(button.dataset.id) === id;
    button.setAttribute('aria-current', String(isThis));
    if (isThis) button.scrollIntoView({ block: 'nearest' });
    if (isThis && isFocused) button.focus({ preventScroll: true });
  }
}

async function readOthers(item) {
  if (!item.about) return;
  const page = await attempt(() => api.list({ about: item.about.id, status: 'all', limit: 20 }));
  if (page && current === item) showOthers(page.items.filter((other) => other.id !== item.id), openItem);
}

async function showStale(now) {
  tell(word('stale', now.decided?.who ?? '', word(`status.${now.status}`)), true);
  await openItem(now.id);
  await attempt(readSummary);
  await readList();
}

// After a decision the next one comes up, so that a clerk goes on.
async function decide(question) {
  const { id, etag } = current;
  const place = items.findIndex((item) => item.id === id);
  const answer = await attempt(() => api.decide(id, etag, question));
  if (!answer) return;
  tell(word('done', subjectOf(answer) || answer.rule, word(`status.${answer.status}`)));
  await attempt(readSummary);
  await readList();
  const isLeft = items.some((item) => item.id === id);
  const following = items[Math.min(Math.max(place, 0), items.length - 1)];
  if (isLeft || !following || question.action === 'undo') await openItem(id);
  else await openItem(following.id, true);
}

// ---- many ----

function openBulk() {
  const panel = byId('bulk');
  const actions = filter.status === 'open' ? ['accept', 'waive', 'reject'] : ['undo'];
  const action = make('select', { 'aria-label': word('bulkOpen') }, actions.map((name) => make('option', { value: name }, word(`action.${name}`))));
  const why = make('input', { 'aria-label': word('why'), placeholder: word('why') });
  const outcome = make('div', { 'aria-live': 'polite' });
  const question = () => Object.fromEntries(Object.entries({ action: action.value, why: why.value, rule: filter.rule, severity: filter.severity,
    in: filter.in, status: filter.status === 'all' ? '' : filter.status }).filter(([, value]) => value));
  const carryOut = async (tried, asked) => {
    const done = await attempt(() => api.doBulk(tried.etag, asked));
    if (!done) return outcome.replaceChildren();
    outcome.replaceChildren(make('p', {}, word('bulkDone', done.count, done.batch ?? '—')),
      done.batch && asked.action !== 'undo' ? make('button', { type: 'button', onclick: () => undoBatch(done.batch, outcome) }, word('undoBatch')) : '');
    await attempt(readSummary);
    return readList();
  };
  const attemptFirst = async () => {
    const asked = question();
    const tried = await attempt(() => api.tryBulk(asked));
    if (!tried) return;
    if (tried.count === 0) { outcome.replaceChildren(make('p', {}, word('bulkNone'))); return; }
    outcome.replaceChildren(make('p', {}, word('bulkWill', tried.count, tried.skipped.length)),
      make('ul', {}, tried.items.map((item) => make('li', {}, `${subjectOf(item)}　${say(item, 'message')}`))),
      make('button', { type: 'button', class: 'main', onclick: () => carryOut(tried, asked) }, word('bulkDo', tried.count)));
  };
  panel.replaceChildren(make('h2', {}, word('bulkTitle', filter.rule)), make('div', { class: 'picks' }, action, why),
    make('button', { type: 'button', onclick: attemptFirst }, word('bulkTry')), ' ',
    make('button', { type: 'button', onclick: () => { panel.hidden = true; } }, word('close')), outcome);
  panel.hidden = false;
  action.focus();
}

async function undoBatch(batch, outcome) {
  const asked = { action: 'undo', batch: String(batch) };
  const tried = await attempt(() => api.tryBulk(asked));
  const done = tried && await attempt(() => api.doBulk(tried.etag, asked));
  if (!done) return;
  outcome.replaceChildren(make('p', {}, word('bulkDone', done.count, done.batch ?? '—')));
  await attempt(readSummary);
  await readList();
}

// ---- sheets ----

async function exportSheet() {
  const { limit, ...asked } = filter;
  const blob = await attempt(() => api.exportSheet(asked));
  if (!blob) return;
  const link = make('a', { href: URL.createObjectURL(blob), download: 'decisions.csv' });
  link.click();
  URL.revokeObjectURL(link.href);
}

async function importSheet(event) {
  const [file] = event.target.files;
  event.target.value = '';
  const counts = file && await attempt(() => api.importSheet(file));
  if (!counts) return;
  const first = counts.rows[0];
  tell([word('sheetDone', counts.done, counts.empty, counts.refused), first && word('row', first.line, first.why)].filter(Boolean).join('；'), counts.refused > 0);
  await attempt(readSummary);
  await readList();
}

// ---- the keyboard ----

function move(step) {
  const place = items.findIndex((item) => item.id === current?.id);
  const following = items[place < 0 ? 0 : place + step];
  if (following) openItem(following.id, true);
}

const press = (action) => byId('item').querySelector(`[data-action="${action}"]`)?.click();
const KEYS = {
  j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1), a: () => press('accept'), u: () => press('undo'),
  // These want words first.
  r: () => (byId('why')?.value ? press('reject') : byId('why')?.focus()), w: () => (byId('why')?.value ? press('waive') : byId('why')?.focus()),
  e: () => byId('mend-value')?.focus(), '/': () => byId('rule')?.focus(),
};

function onKey(event) {
  const isTyping = event.target.closest('input, textarea, select');
  if (event.key === 'Escape') event.target.blur();
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || byId('desk').hidden) return;
  const run = KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
  if (!run) return;
  event.preventDefault();
  run();
}

// ---- the page ----

function drawHelp() {
  byId('help').replaceChildren(...word('help').map(([keys, words]) => make('span', {}, ...keys.split(' ').flatMap((key) => [make('kbd', {}, key), ' ']), words)));
}

function redraw() {
  translate();
  drawHelp();
  if (byId('desk').hidden) return null;
  attempt(readSummary).then(drawList);
  if (!current) return showNothing();
  showItem(current, decide);
  return readOthers(current);
}

byId('gate').addEventListener('submit', (event) => {
  event.preventDefault();
  if (!byId('key').value.trim()) return;
  api.setKey(byId('key').value.trim());
  enter();
});
byId('leave').addEventListener('click', () => { current = null; openGate(); });
byId('language').addEventListener('click', () => { switchLanguage(); redraw(); });
byId('help-toggle').addEventListener('click', (event) => {
  byId('help').hidden = !byId('help').hidden;
  event.currentTarget.setAttribute('aria-expanded', String(!byId('help').hidden));
});
byId('more').addEventListener('click', readMore);
byId('export').addEventListener('click', exportSheet);
byId('import').addEventListener('change', importSheet);
document.addEventListener('keydown', onKey);

document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
redraw();
if (api.getKey()) enter();
else openGate();
