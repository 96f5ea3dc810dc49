// Test plan: addresses of several writings, from the queue to the answers:
// - `dedupe --queue` queues both kinds, `--of` one; a house and its room, a
//   neighbour and a namesake over the town's line are not proposed, and
//   `--least different` says why
// - accept: one address with the fuller words; records, redirects, journal;
//   undo: every table to the byte, and every answer as it was
// - edited since it was queued, so that it lies in another town: refused, why
// - by rule: a cluster becomes one whatever the order; CSV out and in
// - over HTTP: both records side by side, a merged id is a way to the kept one,
//   the collection, the geocoder and the change feed follow, undo too
// - the importer: the same row again, and a row that comes again with other
//   figures, find the kept address
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { dump, sql, writeDivisions } from './desk.mjs';
import { run, scratch, startService } from './service.mjs';

const MAP = {
  source: { key: 'e2e', title: 'test', origin: 'made by hand', edition: '1', licence: 'CC0-1.0', credit: 'test' },
  crs: 'EPSG:4490', entry: 'address', key: ['id'], columns: { text: 'text', x: 'lon', y: 'lat' },
  values: { method: 'surveyed', accuracy_m: '5' },
};
const FULL = '浙江省嘉兴市平湖市乍浦镇甲测路';
const ROWS = `id,text,lon,lat
1,平湖市乍浦镇甲测路三号2栋501,121.0901,30.6000
2,${FULL}3号2幢501室,121.0900,30.6000
3,乍浦镇甲测路3号2-501,121.0900,30.6001
4,${FULL}3号3幢501室,121.0901,30.6000
5,${FULL}5号-1,121.0905,30.6000
6,平湖市乍浦镇甲测路5号附1,121.0905,30.6001
7,浙江省嘉兴市平湖市新埭镇甲测路5号-1,121.0905,30.6000
8,${FULL}5号,121.0905,30.6000
`;

let base;
before(() => {
  const folder = mkdtempSync(join(tmpdir(), 'diming-doors-'));
  const [db, rows, divisions] = ['test.db', 'rows.csv', 'divisions.csv'].map((name) => join(folder, name));
  writeFileSync(rows, ROWS);
  writeFileSync(`${rows}.map.json`, JSON.stringify(MAP));
  writeDivisions(divisions);
  const load = run(['import', divisions, rows, '--db', db], { cwd: folder });
  assert.equal(load.code, 0, load.err);
  const queued = run(['dedupe', '--queue', '--db', db]);
  assert.match(queued.err, /queued: 4 merges/, queued.out);
  const key = run(['key', 'add', '乍浦镇', '--roles', 'clerk', '--db', db]).out.trim();
  assert.equal(run(['build', '--db', db]).code, 0);
  base = { folder, db, rows, key };
});
after(() => rmSync(base.folder, { recursive: true, force: true }));

function fresh(t) {
  const folder = scratch(t);
  const db = join(folder, 'test.db');
  copyFileSync(base.db, db);
  copyFileSync(join(base.folder, 'test.snap'), join(folder, 'test.snap'));
  const review = (...args) => run(['review', ...args, '--db', db]);
  const ids = Object.fromEntries(sql(db, 'SELECT r.key, a.id FROM address a JOIN record r ON r.about = a.id').split('\n').map((row) => row.split('|')));
  const pair = (a, b) => sql(db, `SELECT id FROM review WHERE kind = 'merge' AND a IN (${ids[a]}, ${ids[b]}) AND b IN (${ids[a]}, ${ids[b]})`);
  return { folder, db, review, ids, pair };
}

const ANSWERS = [['geocode', '乍浦镇甲测路3号2幢501室'], ['geocode', '平湖市乍浦镇甲测路5号附1'], ['search', '甲测路'], ['reverse', '121.0905,30.6001']];
function answers(db) {
  assert.equal(run(['build', '--db', db]).code, 0);
  return ANSWERS.map((words) => run([...words, '--format', 'json', '--db', db]).out).join('');
}

test('one door in three writings is proposed, what only looks like it is not', (t) => {
  const { db, review } = fresh(t);
  assert.equal(sql(db, "SELECT group_concat(DISTINCT rule || subject || band) FROM review WHERE kind = 'merge'"), 'dedupe-addressaddressduplicate');
  assert.equal(sql(db, "SELECT group_concat(DISTINCT code) FROM review WHERE kind = 'merge'"), '330482101');
  assert.match(run(['dedupe', '--queue', '--of', 'addresses', '--db', db]).err, /queued: 0 merges/);
  assert.match(run(['dedupe', '--queue', '--of', 'places', '--db', db]).err, /queued: 0 merges/);
  const told = JSON.parse(run(['dedupe', '--of', 'addresses', '--least', 'different', '--format', 'json', '--db', db]).out).pairs;
  const why = (a, b) => told.find((p) => [p.a.name, p.b.name].includes(a) && [p.a.name, p.b.name].includes(b));
  const across = why(`${FULL}5号-1`, '浙江省嘉兴市平湖市新埭镇甲测路5号-1');
  assert.equal(across.band, 'different');
  assert.match(JSON.stringify(across), /town/);
  assert.match(review('list', '--rule', 'dedupe-address').out, /共 4 条/);
});

test('accept makes one of the fuller words, undo restores tables and answers', (t) => {
  const { db, review, ids, pair } = fresh(t);
  const tables = dump(db);
  const before = answers(db);
  const [records, seq] = [sql(db, 'SELECT count(*) FROM record'), sql(db, 'SELECT max(seq) FROM journal')];
  const id = pair(1, 2);
  assert.match(review('show', id).out, /\* 地址 \(text\)\n {2}甲 {2}\S+\n {2}乙 {2}\S+/);
  const accepted = review('accept', id, '--who', '王', '--why', '一个门');
  assert.equal(accepted.code, 0, accepted.err);
  const kept = sql(db, 'SELECT kept FROM address_redirect');
  assert.ok([ids[1], ids[2]].includes(kept));
  assert.equal(sql(db, `SELECT text FROM address WHERE id = ${kept}`), `${FULL}3号2幢501室`);
  assert.equal(sql(db, 'SELECT count(*) FROM record'), records);
  assert.equal(sql(db, `SELECT group_concat(key) FROM record WHERE about = ${kept}`), '1,2');
  assert.equal(sql(db, `SELECT tab || op FROM journal WHERE seq > ${seq} ORDER BY seq`).split('\n').filter((_, i, all) => i === 0 || i === all.length - 1).join(), 'merge_decisionI,address_redirectI');
  assert.notEqual(answers(db), before);
  const undone = review('undo', id, '--who', '李', '--why', '看错了');
  assert.equal(undone.code, 0, undone.err);
  assert.equal(dump(db), tables);
  assert.equal(answers(db), before);
});

test('no chain: what was merged since is judged again', (t) => {
  const { review, pair } = fresh(t);
  assert.equal(review('accept', pair(1, 2), '--who', '王').code, 0);
  const outcomes = [pair(1, 3), pair(2, 3)].map((id) => review('accept', id, '--who', '王'));
  assert.deepEqual(outcomes.map((outcome) => outcome.code).sort(), [0, 3]);
  assert.match(outcomes.find((outcome) => outcome.code === 3).err, /merged since/);
});

test('what was edited since it was queued may be two by now', (t) => {
  const { review, pair, db, ids } = fresh(t);
  sql(db, 'DROP TRIGGER address_journal_update'); // it wants SpatiaLite
  sql(db, `UPDATE address SET parent = (SELECT parent FROM address WHERE id = ${ids[7]}) WHERE id = ${ids[6]}`);
  const tables = dump(db);
  const refused = review('accept', pair(5, 6), '--who', '王');
  assert.equal(refused.code, 3);
  assert.match(refused.err, /cannot be one: .*town/);
  assert.equal(dump(db), tables);
  sql(db, `UPDATE address SET parent = (SELECT parent FROM address WHERE id = ${ids[5]}), number = '7号-1' WHERE id = ${ids[6]}`);
  assert.match(review('accept', pair(5, 6), '--who', '王').err, /cannot be one: .*number/);
});

test('by rule: a cluster becomes one; undone together', (t) => {
  const { db, review } = fresh(t);
  const tables = dump(db);
  const tried = review('accept', '--rule', 'dedupe-address', '--all', '--dry-run', '--who', '王');
  assert.equal(tried.code, 0, tried.err);
  assert.equal(dump(db), tables);
  const done = review('accept', '--rule', 'dedupe-address', '--all', '--who', '王');
  assert.match(done.out, /已办理 3 条，略过 1 条/);
  assert.equal(sql(db, 'SELECT count(*) FROM address'), '5');
  assert.equal(sql(db, 'SELECT count(DISTINCT kept) FROM address_redirect'), '2');
  assert.equal(sql(db, 'PRAGMA foreign_key_check'), '');
  assert.equal(review('undo', '--rule', 'dedupe-address', '--all', '--who', '王', '--why', '全部重看').code, 0);
  assert.equal(dump(db), tables);
});

test('decisions on addresses go out and come back as CSV', (t) => {
  const { folder, db, review } = fresh(t);
  const file = join(folder, 'decisions.csv');
  const lines = review('export', '--rule', 'dedupe-address').out.trim().split('\n');
  assert.ok(lines[1].includes(',dedupe-address,'));
  const filled = lines.map((line) => line.replace(/open,,,,,$/, line.includes('5号-1') ? 'open,accept,,,乡镇,' : 'open,reject,,,乡镇,不是一户'));
  writeFileSync(file, `${filled.join('\n')}\n`);
  const back = review('import', file);
  assert.equal(back.code, 0, back.err);
  assert.match(back.out, /办理 4/);
  assert.equal(sql(db, 'SELECT count(*) FROM address_redirect'), '1');
  assert.match(run(['dedupe', '--queue', '--db', db]).err, /queued: 0 merges/);
});

async function until(url, wanted, options) {
  for (let i = 0; i < 100; i += 1) {
    const answer = await fetch(url, options);
    if (wanted(answer, await answer.clone().text())) return answer;
    await sleep(100);
  }
  throw new Error(`${url} did not follow`);
}

test('over HTTP: decided, followed, undone', async (t) => {
  const { folder, db, pair } = fresh(t);
  const tables = dump(db);
  const service = await startService(['--db', db, '--snapshot', join(folder, 'test.snap')]);
  t.after(() => service.stop());
  const at = (path) => new URL(path, service.url);
  const headers = { authorization: `Bearer ${base.key}`, 'content-type': 'application/json' };
  const item = await fetch(at(`/v1/review/${pair(5, 6)}`), { headers });
  const shown = await item.json();
  assert.equal(shown.title, '可能是同一地址');
  assert.equal(shown.subject, 'address');
  assert.deepEqual(shown.records.map((side) => side.type), ['address', 'address']);
  const [a, b] = [shown.about.id, shown.other.id];
  const paths = (id) => [`/v1/places/${id}`, `/collections/addresses/items/${id}`, `/v1/geocode?q=${encodeURIComponent(`${FULL}5号-1`)}`, '/v1/reverse?lon=121.0905&lat=30.6'];
  const read = () => Promise.all([...paths(a), ...paths(b)].map(async (path) => {
    const answer = await fetch(at(path), { redirect: 'manual' });
    const text = (await answer.text()).replaceAll(/"journal_seq":\d+|"version":"[^"]*"/g, '');
    return `${answer.status} ${text}`;
  }));
  const before = await read();
  const decide = (body, etag) => fetch(at(`/v1/review/${pair(5, 6)}`), { method: 'POST', headers: { ...headers, 'if-match': etag }, body: JSON.stringify(body) });
  const accepted = await decide({ action: 'accept', why: '一个门' }, item.headers.get('etag'));
  assert.equal(accepted.status, 200, await accepted.clone().text());
  const merged = sql(db, 'SELECT merged FROM address_redirect');
  const gone = sql(db, `SELECT a = ${merged} FROM review WHERE id = ${pair(5, 6)}`) === '1' ? a : b;
  const kept = gone === a ? b : a;
  const moved = await until(at(`/v1/places/${gone}`), (answer) => answer.status === 301, { redirect: 'manual' });
  assert.equal(moved.headers.get('location'), `/v1/places/${kept}`);
  assert.equal((await (await fetch(at(`/collections/addresses/items/${gone}`))).json()).id, kept);
  const geocoded = await (await fetch(at(paths(a)[2]))).json();
  assert.equal(geocoded.features[0].id, kept);
  const feed = await (await fetch(at(`/v1/changes?since=${sql(db, 'SELECT max(seq) - 3 FROM journal')}`))).json();
  assert.equal(feed.changes.at(-1).table, 'address_redirect');
  assert.equal(feed.changes.at(-1).about, kept);
  const undone = await decide({ action: 'undo', why: '看错了' }, accepted.headers.get('etag'));
  assert.equal(undone.status, 200, await undone.clone().text());
  assert.equal(dump(db), tables);
  await until(at(`/v1/places/${gone}`), (answer) => answer.status === 200, { redirect: 'manual' });
  assert.deepEqual(await read(), before);
});

test('what comes again finds the kept address', (t) => {
  const { folder, db, review, ids } = fresh(t);
  assert.equal(review('accept', '--rule', 'dedupe-address', '--all', '--who', '王').code, 0);
  const again = (lines, name) => {
    const file = join(folder, name);
    writeFileSync(file, lines);
    writeFileSync(`${file}.map.json`, JSON.stringify({ ...MAP, source: { ...MAP.source, edition: '2' } }));
    return run(['import', file, '--db', db], { cwd: folder });
  };
  const same = again(ROWS, 'same.csv');
  assert.match(same.out, /unchanged 8/, same.out + same.err);
  const moved = again(ROWS.replaceAll(/30\.6000$/gm, '30.6002').replaceAll(/30\.6001$/gm, '30.6003'), 'moved.csv');
  assert.equal(moved.code, 0, moved.err);
  assert.equal(sql(db, 'SELECT count(*) FROM address'), '5');
  assert.equal(sql(db, 'SELECT count(*) FROM record WHERE about IN (SELECT merged FROM address_redirect)'), '0');
  assert.ok(ids[1]);
});
