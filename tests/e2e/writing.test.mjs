// Test plan: writing over HTTP against the running service.
// - a road made, corrected, renamed, given an address, ended, and all of it
//   undone: the beliefs of the database are what they were (dumps compared)
// - shown by search, geocode, features, tiles and the place itself within a
//   second on a release build, also what another process writes
// - two editors at once: one wins, the other gets 412 with the state as it is
// - refused: no role, no If-Match, a tag of something else, unknown members
//   with their pointer, rules with their findings, a body that is too large
// - the same Idempotency-Key: the same answer, one change
// - dry runs change nothing; the examples of /openapi.json are of that kind
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { VectorTile } from '@mapbox/vector-tile';
import Pbf from 'pbf';
import { database, diming, run, snapshot, startService } from './service.mjs';

// A second on a machine that has time for it; a busy one gets its share of it.
const soonMs = () => (diming.includes('release') ? 1000 : 4000) * Math.max(1, 2 * loadavg()[0] / availableParallelism());
const SOURCE = { key: 'e2e-letters', edition: '2026-11', title: '测试来文', origin: '测试', licence: 'facts restated' };
const WHY = '测试：来文第 1 号';

let folder, db, service, keys, town;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'diming-e2e-'));
  db = join(folder, 'a.db');
  copyFileSync(database, db);
  copyFileSync(snapshot, join(folder, 'a.snap'));
  keys = Object.fromEntries(['editor', 'reader', 'admin'].map((role) => [role, run(['key', 'add', `测试${role}`, '--roles', role, '--db', db]).out.trim()]));
  keys.second = run(['key', 'add', '第二科', '--roles', 'editor', '--db', db]).out.trim();
  service = await startService(['--db', db, '--snapshot', join(folder, 'a.snap')]);
  town = (await get('/v1/divisions/330482101')).id;
});
after(async () => { await service.stop(); rmSync(folder, { recursive: true, force: true }); });

async function send(method, path, body, { key = keys.editor, match, token, type = 'application/json' } = {}) {
  const headers = { 'content-type': type };
  if (key) headers.authorization = `Bearer ${key}`;
  if (match) headers['if-match'] = match;
  if (token) headers['idempotency-key'] = token;
  const answer = await fetch(service.url + path, { method, headers, body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body) });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, etag: answer.headers.get('etag'), body: text ? JSON.parse(text) : null };
}
const get = async (path) => (await fetch(service.url + path)).json();
const asked = (more) => ({ why: WHY, source: SOURCE, ...more });
const road = (text, more = {}) => asked({ place: { category: '23510', parent: town, synthetic: true, names: [{ text, kind: 'standard' }], position: { lon: 121.0812, lat: 30.6023, method: 'synthetic', accuracy_m: 5 }, ...more } });


// The last entry of the journal.
async function lastSeq(since = 0) {
  const feed = await get(`/v1/changes?since=${since}&limit=1000`);
  return feed.has_more ? lastSeq(feed.last) : feed.last;
}

// What is believed, through the change feed's own tables: the journal's last
// state of every row.
async function beliefs() {
  const rows = new Map();
  for (let since = 0; ;) {
    const feed = await get(`/v1/changes?since=${since}&limit=1000`);
    for (const change of feed.changes) {
      const { record, ...row } = change.after ?? {};
      const key = `${change.table} ${change.about} ${change.table === 'name' ? `${row.ordinal} ${row.text} ${row.kind}` : JSON.stringify(change.after?.value ?? '')}`;
      if (change.op === 'delete') {
        const gone = change.before;
        rows.delete(`${change.table} ${change.about} ${change.table === 'name' ? `${gone.ordinal} ${gone.text} ${gone.kind}` : JSON.stringify(gone?.value ?? '')}`);
      } else rows.set(key, JSON.stringify(row));
    }
    if (!feed.has_more) return rows;
    since = feed.last;
  }
}

async function until(what, look) {
  const began = Date.now();
  for (;;) {
    if (await look()) return Date.now() - began;
    assert.ok(Date.now() - began < 20000, `${what}: never`);
    await sleep(15);
  }
}
const soon = async (what, look) => {
  const took = await until(what, look);
  assert.ok(took < soonMs(), `${what} after ${took} ms`);
  return took;
};
const finds = (q) => async () => (await get(`/v1/search?q=${encodeURIComponent(q)}`)).features.some((f) => f.properties.name === q);

test('a road is made, seen everywhere within a second, changed and undone', async (t) => {
  const made = await send('POST', '/v1/places', road('银滩路'));
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const began = Date.now();
  const id = made.body.id;
  assert.equal(made.headers.get('location'), `/v1/places/${id}`);
  assert.equal(made.body.place.names[0].roman, 'Yíntān Lù');
  const looks = {
    search: finds('银滩路'),
    geocode: async () => (await get('/v1/geocode?q=' + encodeURIComponent('平湖市乍浦镇银滩路'))).features[0]?.properties.name === '银滩路',
    place: async () => (await fetch(`${service.url}/v1/places/${id}`)).status === 200,
    features: async () => (await fetch(`${service.url}/collections/places/items/${id}`)).status === 200,
    suggest: async () => (await get('/v1/suggest?q=yintan')).features.some((f) => f.properties.name === '银滩路'),
  };
  for (const [name, look] of Object.entries(looks)) await until(name, look);
  assert.ok(Date.now() - began < soonMs(), `everywhere after ${Date.now() - began} ms`);
  t.diagnostic(`visible everywhere after ${Date.now() - began} ms`);

  const alias = await send('POST', `/v1/places/${id}/names`, asked({ name: { text: '银滩大道', kind: 'alias' } }), { match: made.etag });
  assert.equal(alias.status, 200, JSON.stringify(alias.body));
  const renamed = await send('POST', `/v1/places/${id}/names`, asked({ name: { text: '金滩路', kind: 'standard', valid_from: '2026-11-24' } }), { match: alias.etag });
  assert.equal(renamed.status, 200, JSON.stringify(renamed.body));
  assert.deepEqual(renamed.body.place.names.map((n) => `${n.text} ${n.kind}`), ['金滩路 standard', '银滩路 former', '银滩大道 alias']);
  await soon('the new name', finds('金滩路'));
  const patched = await send('PATCH', `/v1/places/${id}`, asked({ place: { meaning: '测试所用' } }), { match: renamed.etag, type: 'application/merge-patch+json' });
  assert.equal(patched.status, 200, JSON.stringify(patched.body));
  assert.equal(patched.body.place.names.length, 3);

  const door = await send('POST', '/v1/addresses', asked({ address: { parent: id, number: '158', synthetic: true } }));
  assert.equal(door.status, 201, JSON.stringify(door.body));
  assert.equal(door.body.address.text, '浙江省嘉兴市平湖市乍浦镇金滩路158号');
  await soon('the address', async () => (await get('/v1/geocode?q=' + encodeURIComponent('乍浦镇金滩路158号'))).features[0]?.properties.match === 'exact');
  const again = await send('POST', '/v1/addresses', asked({ address: { parent: id, number: '158号', synthetic: true } }));
  assert.equal(again.status, 409);

  const ended = await send('POST', `/v1/places/${id}/abolish`, asked({ date: '2026-11-25' }), { match: patched.etag });
  assert.equal(ended.status, 200, JSON.stringify(ended.body));
  assert.equal(ended.body.place.status, 'historical');
  assert.equal((await send('POST', `/v1/places/${id}/abolish`, asked({ date: '2026-11-24' }), { match: ended.etag })).status, 409);

  assert.equal((await send('POST', `/v1/changes/${made.body.change.first}/undo`, { why: WHY })).status, 409, 'later changes first');
  for (const one of [ended, door, patched, renamed, alias]) {
    const undone = await send('POST', one.body.change.undo, { why: WHY });
    assert.equal(undone.status, 200, JSON.stringify(undone.body));
  }
  const record = await (await fetch(`${service.url}/v1/places/${id}/record`, { headers: { authorization: `Bearer ${keys.editor}` } })).json();
  assert.deepEqual(record, made.body.place, 'every value is what it was');
  const group = await (await fetch(`${service.url}/v1/changes/${made.body.change.first}`, { headers: { authorization: `Bearer ${keys.editor}` } })).json();
  assert.deepEqual([group.action, group.who, group.why, group.source, group.edition], ['place-create', '测试editor', WHY, 'e2e-letters', '2026-11']);
});

// The names in the vector tile that holds a position.
async function namesOnMap(lon, lat, zoom = 16) {
  const x = Math.floor(((lon + 180) / 360) * 2 ** zoom);
  const y = Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** zoom);
  const answer = await fetch(`${service.url}/tiles/base/${zoom}/${x}/${y}.mvt`);
  if (answer.status === 204) return [];
  const tile = new VectorTile(new Pbf(Buffer.from(await answer.arrayBuffer())));
  return Object.values(tile.layers).flatMap((layer) => Array.from({ length: layer.length }, (_, i) => Object.values(layer.feature(i).properties)).flat());
}

test('the map shows it as soon, and no more when it is undone', async (t) => {
  const [lon, lat] = [121.0423, 30.6711];
  assert.ok(!(await namesOnMap(lon, lat)).includes('示范小区'));
  const made = await send('POST', '/v1/places', road('示范小区', { category: '22100', position: { lon, lat, method: 'synthetic', accuracy_m: 5 } }));
  assert.equal(made.status, 201, JSON.stringify(made.body));
  t.diagnostic(`on the map after ${await soon('on the map', async () => (await namesOnMap(lon, lat)).includes('示范小区'))} ms`);
  assert.equal((await send('POST', made.body.change.undo, { why: WHY })).status, 200);
  await soon('gone from the map', async () => !(await namesOnMap(lon, lat)).includes('示范小区'));
});

test('undoing a creation leaves nothing of it', async () => {
  const before = await beliefs();
  const made = await send('POST', '/v1/places', road('银杏岛路'));
  assert.equal(made.status, 201, JSON.stringify(made.body));
  await soon('made', finds('银杏岛路'));
  const undone = await send('POST', made.body.change.undo, { why: WHY });
  assert.equal(undone.status, 200, JSON.stringify(undone.body));
  await soon('gone', async () => !(await finds('银杏岛路')()));
  const left = await beliefs();
  assert.deepEqual([...left].sort(), [...before].sort());
  const redone = await send('POST', undone.body.change.undo, { why: WHY });
  assert.equal(redone.status, 200);
  await soon('back', finds('银杏岛路'));
});

test('what another process writes is seen as soon', async (t) => {
  writeFileSync(join(folder, 'x.csv'), '名称,上级\n云帆路,330482101\n');
  writeFileSync(join(folder, 'x.csv.map.json'), JSON.stringify({ source: { key: 'e2e-csv', title: 't', origin: 't', edition: '1', licence: 'CC0-1.0' }, entry: 'place', key: ['名称'], columns: { name: '名称', parent_code: '上级' }, values: { category: '23510', synthetic: '1' } }));
  const done = run(['import', join(folder, 'x.csv'), '--db', db, '--rejects', join(folder, 'r.csv')]);
  assert.equal(done.code, 0, done.err);
  t.diagnostic(`visible after ${await soon('an import', finds('云帆路'))} ms`);
});

test('a database put back from a backup: the snapshot knows more, until the first write', async (t) => {
  const old = join(folder, 'old.db');
  const newer = join(folder, 'newer.snap');
  copyFileSync(database, old);
  assert.equal(run(['build', '--db', db, '--snapshot', newer]).code, 0); // of what was written above
  const key = run(['key', 'add', '测试备份', '--roles', 'editor', '--db', old]).out.trim();
  const again = await startService(['--db', old, '--snapshot', newer]);
  t.after(again.stop);
  const state = await (await fetch(`${again.url}/readyz`)).json();
  assert.ok(state.journal_seq > state.database_seq, JSON.stringify(state));
  const made = await fetch(`${again.url}/v1/places`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify(road('备份路')) });
  assert.equal(made.status, 201);
  await soon('after the backup', async () => {
    const answer = await (await fetch(`${again.url}/v1/search?q=${encodeURIComponent('备份路')}`)).json();
    return answer.features.some((f) => f.properties.name === '备份路');
  });
});

test('two editors: the second is told what the first has done', async () => {
  const made = await send('POST', '/v1/places', road('双人路'));
  await soon('made', async () => (await fetch(`${service.url}/v1/places/${made.body.id}`)).status === 200);
  const shown = await fetch(`${service.url}/v1/places/${made.body.id}`);
  const match = shown.headers.get('etag');
  const change = (meaning, key) => send('PATCH', `/v1/places/${made.body.id}`, asked({ place: { meaning } }), { match, key });
  const both = await Promise.all([change('甲', keys.editor), change('乙', keys.second)]);
  assert.deepEqual(both.map((one) => one.status).sort(), [200, 412]);
  const [won] = both.filter((one) => one.status === 200);
  const [lost] = both.filter((one) => one.status === 412);
  assert.equal(lost.headers.get('content-type').split(';')[0], 'application/problem+json');
  assert.equal(lost.body.current.meaning, won.body.place.meaning);
  const second = await send('PATCH', `/v1/places/${made.body.id}`, asked({ place: { meaning: '丙' } }), { match: lost.body.etag, key: keys.second });
  assert.equal(second.status, 200);
});

test('what is read can be put back, and changes nothing', async () => {
  const id = (await get('/v1/divisions/330482108')).id;
  const answer = await fetch(`${service.url}/v1/places/${id}/record`, { headers: { authorization: `Bearer ${keys.editor}` } });
  const place = await answer.json();
  const same = await send('PUT', `/v1/places/${id}`, asked({ place }), { match: answer.headers.get('etag') });
  assert.equal(same.status, 200, JSON.stringify(same.body));
  assert.equal(same.body.changed, false, JSON.stringify(same.body));
  assert.equal(same.body.change, null);
});

test('slips are told, all of them, and nothing is written', async () => {
  const last = await lastSeq();
  const cases = [
    ['no key', await send('POST', '/v1/places', road('无钥路'), { key: null }), 401],
    ['a reader', await send('POST', '/v1/places', road('读者路'), { key: keys.reader }), 403],
    ['no If-Match', await send('PATCH', `/v1/places/${town}`, asked({ place: { meaning: '无' } })), 428],
    ['a tag of another', await send('PATCH', `/v1/places/${town}`, asked({ place: { meaning: '无' } }), { match: '"x.0000000000001.99999999"' }), 412],
    ['unknown members', await send('POST', '/v1/places', { ...road('未知路', { colour: 'red', names: [{ text: '未知路', kind: 'standard', tone: 1 }] }), hurry: true }), 422, ['/hurry', '/place/colour', '/place/names/0/tone']],
    ['no why, no edition', await send('POST', '/v1/places', { source: { key: 'x' }, place: road('无由路').place }), 422, ['/why', '/source']],
    ['a category that is none', await send('POST', '/v1/places', road('类路', { category: 'road' })), 422, ['/place/category', '/place/category']],
    ['no JSON', await send('POST', '/v1/places', '{', {}), 400],
    ['another type', await send('POST', '/v1/places', 'a=b', { type: 'text/plain' }), 415],
    ['too large', await send('POST', '/v1/places', JSON.stringify(asked({ place: { history: '长'.repeat(100000) } })), {}), 413],
    ['a name that is there', await send('POST', '/v1/places', road('双人路')), 422],
    ['a new source without a title', await send('POST', '/v1/places', { ...road('缺源路'), source: { key: 'unknown', edition: '1' } }), 409],
    ['no such place', await send('PATCH', '/v1/places/0000000000001', asked({ place: { meaning: '无' } }), { match: '*' }), 404],
    ['an imported entry', await send('POST', '/v1/changes/1/undo', { why: WHY }), 404],
    ['a current town with villages', await send('POST', `/v1/places/${town}/abolish`, asked({ date: '2026-11-24' }), { match: '*' }), 409],
  ];
  for (const [label, answer, status, pointers] of cases) {
    assert.equal(answer.status, status, `${label}: ${JSON.stringify(answer.body)}`);
    assert.equal(answer.body.status, status, label);
    if (pointers) assert.deepEqual(answer.body.errors.map((e) => e.pointer).sort(), pointers.sort(), label);
  }
  assert.ok(cases.find(([label]) => label === 'a name that is there')[1].body.findings.some((f) => f.severity === 'error' && f.rule === 'N11'));
  assert.equal(await lastSeq(), last);
  for (const name of ['无钥路', '读者路', '未知路']) assert.equal(await finds(name)(), false);
});

test('a request that is sent again is answered again', async () => {
  const body = road('重发路');
  const first = await send('POST', '/v1/places', body, { token: 'letter-1' });
  const again = await send('POST', '/v1/places', body, { token: 'letter-1' });
  assert.equal(first.status, 201, JSON.stringify(first.body));
  assert.deepEqual([again.status, again.body, again.etag], [201, first.body, first.etag]);
  const other = await send('POST', '/v1/places', road('另一重发路'), { token: 'letter-1' });
  assert.equal(other.status, 422);
  const own = await send('POST', '/v1/places', road('另一重发路'), { token: 'letter-1', key: keys.second });
  assert.equal(own.status, 201, 'the token is of the key');
});

test('a dry run tells and changes nothing; so do the examples of the description', async () => {
  const before = await lastSeq();
  const dry = await send('POST', '/v1/places?dry_run=true', road('试跑路'));
  assert.equal(dry.status, 200);
  assert.equal(dry.body.dry_run, true);
  assert.equal(dry.body.place.names[0].roman, 'Shìpǎo Lù');
  const { paths } = await get('/openapi.json');
  let tried = 0;
  for (const [path, methods] of Object.entries(paths))
    for (const [method, operation] of Object.entries(methods)) {
      if (!operation.tags.includes('write') || !operation.requestBody) continue;
      const filled = operation.parameters.filter((p) => p.in === 'path').reduce((p, { name, example }) => p.replace(`{${name}}`, example), path);
      const [type, { example }] = Object.entries(operation.requestBody.content)[0];
      const answer = await send(method.toUpperCase(), `${filled}?dry_run=true`, example, { type, match: '*' });
      assert.ok([200, 404, 409, 422].includes(answer.status), `${operation.operationId}: ${answer.status} ${JSON.stringify(answer.body)}`);
      assert.equal(answer.body.errors, undefined, `${operation.operationId}: ${JSON.stringify(answer.body)}`);
      tried++;
    }
  assert.ok(tried >= 12, `${tried}`);
  assert.equal(await lastSeq(), before);
});
