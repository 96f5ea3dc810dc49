// Test plan: a clerk's work from end to end on a database with planted twins:
// queue, list, show, accept, undo (the tables and the answers are as they
// were), reject and its reason, CSV out and in, versions, wrong use.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root, run, scratch } from './service.mjs';

const MAP = {
  source: { key: 'e2e', title: 'test', origin: 'made by hand', edition: '1', licence: 'CC0-1.0', credit: 'test' },
  crs: 'EPSG:4490', entry: 'place', key: ['id'],
  columns: { name: 'name', category: 'category', parent_code: 'parent', x: 'lon', y: 'lat' },
  values: { method: 'surveyed', accuracy_m: '5' },
};
const ROWS = `id,name,category,parent,lon,lat
1,甲测路,23510,330482101,121.09,30.60
2,甲测路,23500,330482101,121.0901,30.60
3,乙测路,23510,330482101,121.08,30.61
4,乙侧路,23510,330482101,121.0801,30.61
5,甲测路,23510,330482102,121.09,30.60
`;
const TABLES = ['source', 'record', 'issue', 'place', 'division', 'name', 'place_code', 'place_area', 'address', 'claim',
  'heritage', 'change', 'line', 'redirect', 'address_redirect', 'merge_cell'];

function sql(db, text, ...options) {
  const result = spawnSync('sqlite3', [...options, db, text], { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(result.status, 0, result.stderr);
  return result.stdout;
}
const dump = (db) => TABLES.map((table) => sql(db, `SELECT * FROM ${table} ORDER BY 1`, '-quote')).join('\n');

// Made once; each test works on a copy of its own.
let base;
let queue;
before(() => {
  base = mkdtempSync(join(tmpdir(), 'diming-review-'));
  const db = join(base, 'test.db');
  const rows = join(base, 'rows.csv');
  writeFileSync(rows, ROWS);
  writeFileSync(`${rows}.map.json`, JSON.stringify(MAP));
  assert.equal(run(['init', '--db', db]).code, 0);
  const load = run(['import', join(root, 'data/divisions/divisions.csv'), rows, '--db', db], { cwd: base });
  assert.equal(load.code, 0, load.err);
  queue = run(['dedupe', '--queue', '--format', 'json', '--db', db]);
  assert.equal(queue.code, 0, queue.err);
});
after(() => rmSync(base, { recursive: true, force: true }));

function fresh(t) {
  const folder = scratch(t);
  const db = join(folder, 'test.db');
  copyFileSync(join(base, 'test.db'), db);
  const review = (...args) => run(['review', ...args, '--db', db]);
  const answers = () => {
    assert.equal(run(['build', '--db', db]).code, 0);
    return run(['search', '甲测路', '--format', 'json', '--db', db]).out;
  };
  return { folder, db, review, answers, twins: JSON.parse(queue.out), said: queue.err };
}

const idOf = (db, name) => sql(db, `SELECT id FROM review WHERE kind = 'merge' AND a IN (SELECT place FROM name WHERE text = '${name}')`).trim();

test('the planted twins are found, the homonym in the other town is not', (t) => {
  const { twins, said, review, db } = fresh(t);
  assert.deepEqual(twins.pairs.map((p) => [p.band, [p.a.name, p.b.name].sort().join()]),
    [['duplicate', '甲测路,甲测路'], ['duplicate', '乙侧路,乙测路']]);
  assert.match(said, /queued: 2 merges/);
  assert.match(run(['dedupe', '--queue', '--db', db]).err, /queued: 0 merges, 0 issues/);
  assert.match(review('list').out, /甲测路 = 甲测路：标准名称相同/);
  const shown = review('show', idOf(db, '甲测路')).out;
  assert.match(shown, /\* 类别 \(category\)\n {2}甲 {2}235.0 \S+\n {2}乙 {2}235.0/);
  assert.match(shown, /geo:30\.600000,121\.09/);
});

test('accept joins, undo restores tables and answers', (t) => {
  const { review, answers, db } = fresh(t);
  const tables = dump(db);
  const before = answers();
  const records = sql(db, 'SELECT count(*) FROM record');
  const id = idOf(db, '甲测路');
  const accepted = review('accept', id, '--who', '王', '--why', '同一条路');
  assert.equal(accepted.code, 0, accepted.err);
  assert.equal(sql(db, 'SELECT count(*) FROM redirect').trim(), '1');
  assert.equal(sql(db, "SELECT decided_by || why FROM merge_decision").trim(), '王同一条路');
  assert.notEqual(answers(), before);
  assert.equal(sql(db, 'SELECT count(*) FROM record'), records);
  const undone = review('undo', id, '--who', '李', '--why', '看错了');
  assert.equal(undone.code, 0, undone.err);
  assert.equal(dump(db), tables);
  assert.equal(answers(), before);
  assert.equal(sql(db, `SELECT group_concat(action || who) FROM review_event WHERE review = ${id}`).trim(), 'accept王,undo李');
});

test('no chain: what was merged since is judged again', (t) => {
  const { review, db } = fresh(t);
  assert.equal(review('accept', idOf(db, '甲测路'), '--who', '王').code, 0);
  sql(db, `INSERT INTO review (kind, a, b, rule, score, severity, rank, message) SELECT 'merge', merged,
    (SELECT place FROM name WHERE text = '乙侧路'), 'dedupe', 0.9, 1, 2.9, '相近' FROM merge_decision`);
  const id = sql(db, 'SELECT max(id) FROM review').trim();
  const before = dump(db);
  const chained = review('accept', id, '--who', '王');
  assert.equal(chained.code, 3);
  assert.match(chained.err, /merged since/);
  assert.equal(dump(db), before);
});

test('what was edited since it was queued may be two by now', (t) => {
  const { review, db } = fresh(t);
  sql(db, 'DROP TRIGGER place_journal_update'); // it wants SpatiaLite
  sql(db, "UPDATE place SET parent = (SELECT place FROM place_code WHERE value LIKE '310116%' ORDER BY value LIMIT 1) WHERE id = (SELECT a FROM review WHERE id = 1)");
  const before = dump(db);
  const refused = review('accept', '1', '--who', '王');
  assert.equal(refused.code, 3);
  assert.match(refused.err, /cannot be one: .*(省界|province)/);
  assert.equal(dump(db), before);
});

test('a rejection needs a reason and is not proposed again', (t) => {
  const { review, db } = fresh(t);
  const id = idOf(db, '甲测路');
  const bare = review('reject', id, '--who', '王');
  assert.equal(bare.code, 3);
  assert.match(bare.err, /needs a reason/);
  assert.match(review('accept', id).err, /who decides/);
  assert.equal(review('reject', id, '--who', '王', '--why', '两条路').code, 0);
  assert.match(review('accept', id, '--who', '王').err, /rejected already/);
  run(['dedupe', '--queue', '--db', db]);
  assert.doesNotMatch(review('list').out, /甲测路 = /);
  assert.match(review('list', '--state', 'rejected').out, /甲测路 = /);
  assert.match(review('undo', id, '--who', '王', '--version', '1').err, /version 2 by now/);
  assert.equal(review('undo', id, '--who', '王', '--version', '2').code, 0);
});

test('decisions go out and come back as CSV', (t) => {
  const { folder, review, db } = fresh(t);
  const file = join(folder, 'decisions.csv');
  const lines = review('export').out.trim().split('\n');
  assert.equal(lines[0], 'id,version,kind,rule,severity,score,a,a_name,a_code,b,b_name,b_code,message,fix,state,action,field,value,who,why');
  const filled = lines.map((line) => line.includes('甲测路') ? line.replace(/open,,,,,$/, 'open,accept,,,乡镇,同一')
    : line.includes('乙') ? line.replace(/open,,,,,$/, 'open,reject,,,乡镇,') : line);
  writeFileSync(file, `${filled.join('\n')}\n`);
  const first = review('import', file);
  assert.equal(first.code, 3);
  assert.match(first.out, /办理 1，未填 \d+，退回 1/);
  assert.match(first.err, /decisions\.csv:\d+: a rejection needs a reason/);
  assert.equal(sql(db, 'SELECT decided_by FROM merge_decision').trim(), '乡镇');
  assert.match(review('import', file).err, /version 2 by now, not 1/);
  writeFileSync(file, 'id,action\n1,accept\n');
  assert.match(review('import', file).err, /no column 'version'/);
});

test('open issues are in the queue; a rejected one is waived', (t) => {
  const { review, db } = fresh(t);
  const id = sql(db, "SELECT id FROM review WHERE kind = 'issue' LIMIT 1").trim();
  assert.ok(id);
  const state = () => sql(db, `SELECT state FROM issue WHERE id = (SELECT a FROM review WHERE id = ${id})`).trim();
  assert.equal(review('reject', id, '--who', '王', '--why', '属实，保留').code, 0);
  assert.equal(state(), 'waived');
  assert.equal(review('undo', id, '--who', '王').code, 0);
  assert.equal(state(), 'open');
});

test('wrong use', (t) => {
  const { review } = fresh(t);
  for (const args of [[], ['list', 'x'], ['show'], ['dance', '1'], ['show', 'x'], ['list', '--state', 'x']])
    assert.equal(review(...args).code, 2, args.join(' '));
  assert.match(review('show', '99999').err, /no review 99999/);
});
