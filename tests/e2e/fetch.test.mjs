// Test plan: `diming import URL` stores what a host of this machine gives, under
// the URL's name; a URL without mapping is wrong usage; a host that does not have
// it, cuts it short or redirects to a file changes nothing and leaves nothing.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { diming, root, run, scratch, startService } from './service.mjs';

const FILE = join(root, 'data/divisions/divisions.csv');
const MAPPING = `${FILE}.map.json`;

// Not run() of service.mjs: it stops this process, and the host with it.
function start(args, options) {
  return new Promise((resolve) => {
    const child = spawn(diming, args, options);
    const text = { out: '', err: '' };
    child.stdout.on('data', (chunk) => { text.out += chunk; });
    child.stderr.on('data', (chunk) => { text.err += chunk; });
    child.on('close', (code) => resolve({ code, ...text }));
  });
}

const ANSWERS = {
  '/divisions.csv': (answer, request) => {
    const tag = { ETag: '"edition-1"' };
    if (request.headers['if-none-match'] === tag.ETag) answer.writeHead(304, tag).end();
    else answer.writeHead(200, tag).end(readFileSync(FILE));
  },
  '/short.csv': (answer) => {
    answer.writeHead(200, { 'Content-Length': 1000 });
    answer.write('code,name\n', () => answer.destroy());
  },
  '/moved.csv': (answer) => answer.writeHead(302, { Location: 'file:///etc/passwd' }).end(),
};

async function host(t) {
  const server = createServer((request, answer) => {
    const give = ANSWERS[request.url];
    if (give) give(answer, request);
    else answer.writeHead(404).end('no');
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  t.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}`;
}

function query(db, sql) {
  return spawnSync('sqlite3', [db, sql], { encoding: 'utf8' }).stdout.trim();
}

test('import from a URL', async (t) => {
  const url = await host(t);
  const folder = scratch(t);
  const db = join(folder, 'test.db');
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const options = { cwd: folder, env: { ...process.env, TMPDIR: temporary } };
  assert.equal(run(['init', '--db', db]).code, 0);

  const bad = [
    ['/nowhere.csv', 4, /nowhere\.csv': not there \(404\)/],
    ['/short.csv', 4, /short\.csv': cut short: .*\(3 tries\)/],
    ['/moved.csv', 3, /redirects to 'file:\/\/\/etc\/passwd': only https and http/],
  ];
  for (const [path, code, says] of bad) {
    const result = await start(['import', url + path, '--mapping', MAPPING, '--pause', '20', '--db', db], options);
    assert.equal(result.code, code, result.err);
    assert.match(result.err, says);
  }
  assert.equal((await start(['import', `${url}/divisions.csv`, '--db', db], options)).code, 2);
  assert.equal(query(db, 'SELECT count(*) FROM record'), '0');

  const good = await start(['import', `${url}/divisions.csv`, '--mapping', MAPPING, '--db', db], options);
  assert.equal(good.code, 0, good.err);
  assert.match(good.out, /divisions\.csv: read \d+, stored \d+/);
  assert.equal(query(db, 'SELECT DISTINCT file FROM record'), `${url}/divisions.csv`);
  assert.match(readFileSync(join(folder, 'divisions.csv.rejects.csv'), 'utf8'), new RegExp(`"${url}/divisions\\.csv",187,`));
  assert.deepEqual(readdirSync(temporary), []);

  const again = await start(['import', `${url}/divisions.csv`, '--mapping', MAPPING, '--db', db], options);
  assert.equal(again.code, 0, again.err);
  assert.match(again.out, /divisions\.csv: unchanged since it was last fetched/);
  assert.match(again.out, /stored 0, merged 0, unchanged \d{4}/);
  assert.deepEqual(readdirSync(temporary), []);
});

// ---- a collection ----

const COUNT = 7;
const PAGE = 3;

function feature(i, name = `合成${'甲乙丙丁戊己庚'[i]}村`) {
  return { type: 'Feature', id: i, geometry: { type: 'Point', coordinates: [121.01 + i / 100, 30.71] }, properties: { ref: `s-${i}`, name } };
}

// A collection of COUNT places. `harm(offset, page, answer)` may change a page,
// or answer itself and return true.
async function collection(t) {
  const state = { harm: () => false, names: {}, log: [] };
  const server = createServer((request, answer) => {
    const at = new URL(request.url, 'http://h');
    const offset = Number(at.searchParams.get('offset') ?? 0);
    const features = [];
    for (let i = offset; i < Math.min(offset + PAGE, COUNT); i += 1) features.push(feature(i, state.names[i]));
    const links = offset + PAGE < COUNT ? [{ rel: 'next', href: `items?offset=${offset + PAGE}` }] : [];
    const page = { type: 'FeatureCollection', numberMatched: COUNT, numberReturned: features.length, links, features };
    if (state.harm(offset, page, answer)) {
      state.log.push(`${offset} harm`);
      return;
    }
    const body = JSON.stringify(page);
    const tag = { ETag: `"${createHash('sha1').update(body).digest('hex')}"`, 'Content-Type': 'application/geo+json', ...state.headers };
    const has = request.headers['if-none-match'] === tag.ETag;
    state.log.push(`${offset} ${has ? 304 : 200}`);
    if (has) answer.writeHead(304, tag).end();
    else answer.writeHead(200, { ...tag, 'Content-Length': Buffer.byteLength(body) }).end(body);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  t.after(() => { server.closeAllConnections(); server.close(); });
  state.url = `http://127.0.0.1:${server.address().port}/collections/hamlets`;
  return state;
}

function door(t) {
  const folder = scratch(t);
  const db = join(folder, 'test.db');
  const mapping = join(folder, 'hamlets.map.json');
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  writeFileSync(mapping, JSON.stringify({
    source: { key: 'hamlets', title: '合成', origin: 'synthetic', edition: '1', licence: 'CC0-1.0' },
    crs: 'EPSG:4326',
    entry: 'place',
    key: ['ref'],
    columns: { name: 'name' },
    values: { category: '22200', method: 'synthetic', synthetic: '1' },
  }));
  assert.equal(run(['init', '--db', db]).code, 0);
  const options = { cwd: folder, env: { ...process.env, TMPDIR: temporary } };
  return {
    db,
    temporary,
    import: (url, ...more) => start(['import', url, '--mapping', mapping, '--db', db, '--pause', '20', ...more], options),
    spawn: (url) => spawn(diming, ['import', url, '--mapping', mapping, '--db', db, '--pause', '20'], options),
    places: () => query(db, 'SELECT count(*) FROM place'),
  };
}

test('a collection, page by page, and what changed of it', async (t) => {
  const host = await collection(t);
  const here = door(t);
  const dry = await here.import(host.url, '--dry-run');
  assert.equal(dry.code, 0, dry.err);
  assert.match(dry.out, /3 pages fetched, 0 unchanged, 7 features/);
  assert.equal(query(here.db, 'SELECT count(*) FROM fetched'), '0');
  const first = await here.import(host.url);
  assert.equal(first.code, 0, first.err);
  assert.match(first.out, /3 pages fetched, 0 unchanged, 7 features/);
  assert.match(first.out, /read 7, stored 7, merged 0, unchanged 0, rejected 0/);
  assert.equal(query(here.db, 'SELECT DISTINCT file FROM record'), host.url);
  const again = await here.import(host.url);
  assert.match(again.out, /0 pages fetched, 3 unchanged/);
  assert.match(again.out, /stored 0, merged 0, unchanged 7/);
  host.names[4] = '合成新村';
  const changed = await here.import(host.url);
  assert.match(changed.out, /1 pages fetched, 2 unchanged/);
  assert.equal(query(here.db, "SELECT count(*) FROM name WHERE text = '合成新村'"), '1');
  assert.deepEqual(readdirSync(here.temporary), []);
});

test('a host that goes away, and an import that is killed, go on where they were', async (t) => {
  const host = await collection(t);
  const here = door(t);
  host.harm = (offset, page, answer) => offset === 6 && !answer.destroy();
  const broken = await here.import(host.url);
  assert.equal(broken.code, 4, broken.err);
  assert.match(broken.err, /offset=6': the host closed the connection.*\(3 tries\)/);
  assert.equal(here.places(), '0', 'all of it or none');
  host.harm = (offset) => offset === 6; // never answers: killed while it waits
  const child = here.spawn(host.url);
  while (!host.log.slice(5).includes('6 harm')) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGKILL');
  await new Promise((resolve) => child.on('exit', resolve));
  host.harm = () => false;
  const { code, out, err } = await here.import(host.url);
  assert.equal(code, 0, err);
  assert.match(out, /1 pages fetched, 2 unchanged/);
  assert.equal(here.places(), '7');
});

test('what is not whole or not what was asked for is refused', async (t) => {
  const host = await collection(t);
  const here = door(t);
  const at3 = (change) => (offset, page) => { if (offset === 3) change(page); return false; };
  const cut = (length) => (offset, page, answer) => {
    if (offset !== 3) return false;
    if (length) answer.writeHead(200, { 'Content-Length': 5000 });
    else answer.writeHead(200, { Connection: 'close', 'Transfer-Encoding': 'identity' });
    answer.write(JSON.stringify(page).slice(0, 200), () => (length ? answer.destroy() : answer.end()));
    return true;
  };
  const cases = [
    ['cut short', cut(true), {}, 4, /cut short: .*\(3 tries\)/],
    ['cut short, unseen', cut(false), {}, 3, /no whole JSON/],
    ['lost features', at3((page) => page.features.pop()), {}, 3, /not whole: it says 3 features and has 2/],
    ['a short list', at3((page) => { page.features.pop(); page.numberReturned = 2; }), {}, 4, /6 of 7 features came/],
    ['it changes', at3((page) => { page.numberMatched = 8; }), {}, 4, /changed while it was read/],
    ['elsewhere', at3((page) => { page.links[0].href = 'http://127.0.0.2:9/items'; }), {}, 3, /next page is elsewhere/],
    ['a circle', at3((page) => { page.links[0].href = 'items?limit=500'; }), {}, 3, /in a circle/],
    ['another system', () => false, { 'Content-Crs': '<http://www.opengis.net/def/crs/EPSG/0/4549>' }, 3, /wrong_crs: the host answers in <.*4549>/],
    ['metres', (offset, page) => { for (const one of page.features) one.geometry.coordinates = [500000, 3400000]; return false; }, {}, 0, /./],
  ];
  for (const [label, harm, headers, code, says] of cases) {
    Object.assign(host, { harm, headers });
    const result = await here.import(host.url);
    assert.equal(result.code, code, `${label}: ${result.err}`);
    assert.match(result.err + result.out, says, label);
    assert.equal(here.places(), '0', label);
  }
  assert.deepEqual(readdirSync(here.temporary), []);
});

test('the places of another Diming', async (t) => {
  const service = await startService();
  t.after(() => service.stop());
  const here = door(t);
  const url = `${service.url}/collections/divisions/items?filter=${encodeURIComponent("code LIKE '33048%'")}&limit=100`;
  const mapping = join(here.temporary, '..', 'divisions.map.json');
  writeFileSync(mapping, JSON.stringify({
    source: { key: 'neighbour', title: '邻市地名', origin: 'OGC API', edition: '1', licence: 'WTFPL' },
    crs: 'EPSG:4326',
    entry: 'place',
    key: ['code'],
    columns: { code: 'code', name: 'name', category: 'category', level: 'level' },
    values: { method: 'record' },
  }));
  const first = await here.import(url, '--mapping', mapping);
  assert.equal(first.code, 0, first.err);
  const [, pages, features] = first.out.match(/(\d+) pages fetched, 0 unchanged, (\d+) features/).map(Number);
  assert.ok(pages > 1 && features > 100, first.out);
  const again = await here.import(url, '--mapping', mapping);
  assert.match(again.out, new RegExp(`0 pages fetched, ${pages} unchanged, ${features} features`));
});
