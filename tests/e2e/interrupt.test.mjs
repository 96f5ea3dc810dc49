// Test plan: the work of a clean-up is killed (SIGKILL) at many moments: queueing
// pairs of places and of addresses, carrying out a file of decisions, undoing
// them, keeping a check. After each the
// database is whole, nothing is half done, and going on ends as if nothing had
// happened.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { diming, root, run, scratch } from './service.mjs';

const PAIRS = 50; // of places
const DOORS = 30; // pairs of addresses
const MAP = {
  source: { key: 'e2e', title: 'test', origin: 'made by hand', edition: '1', licence: 'CC0-1.0', credit: 'test' },
  crs: 'EPSG:4490', entry: 'place', key: ['id'],
  columns: { name: 'name', category: 'category', parent_code: 'parent', x: 'lon', y: 'lat' },
  values: { method: 'surveyed', accuracy_m: '5' },
};
const CHARS = [...'安白辰丹恩凡谷禾嘉康兰明宁鹏琴荣松桐文'];
const BASE = 19; // a prime: no two names have two characters in one place

// Roads that are like no other, each twice, ten metres apart, of two categories: what is equal the import joins.
function rows() {
  const lines = ['id,name,category,parent,lon,lat'];
  for (let i = 0; i < PAIRS; i++) {
    const [a, b] = [i % BASE, Math.trunc(i / BASE)];
    const name = `${[a, b, (a + b) % BASE, (a + 2 * b) % BASE].map((n) => CHARS[n]).join('')}路`;
    const at = `${(121.05 + (i % 12) * 0.005).toFixed(4)}`;
    const lat = (30.58 + Math.trunc(i / 12) * 0.005).toFixed(4);
    lines.push(`${2 * i},${name},23510,330482101,${at},${lat}`, `${2 * i + 1},${name},23500,330482101,${at}1,${lat}`);
  }
  return `${lines.join('\n')}\n`;
}

// Doors of one road, each in two writings.
const doors = () => `id,text,lon,lat\n${Array.from({ length: DOORS }, (_, i) => {
  const at = `${(121.06 + i * 0.0005).toFixed(4)}`;
  return `${2 * i},浙江省嘉兴市平湖市新埭镇甲测路${2 * i + 1}号-1,${at},30.6500\n${2 * i + 1},平湖市新埭镇甲测路${2 * i + 1}号附1,${at},30.6501\n`;
}).join('')}`;
const DOOR_MAP = { ...MAP, source: { ...MAP.source, key: 'e2e-doors' }, entry: 'address', columns: { text: 'text', x: 'lon', y: 'lat' } };

function sql(db, text) {
  const result = spawnSync('sqlite3', ['-quote', db, text], { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(result.status, 0, result.stderr);
  return result.stdout.trim();
}
const count = (db, from) => Number(sql(db, `SELECT COUNT(*) FROM ${from}`));

let folder;
let base;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'diming-interrupt-'));
  base = join(folder, 'base.db');
  const file = join(folder, 'rows.csv');
  writeFileSync(file, rows());
  writeFileSync(`${file}.map.json`, JSON.stringify(MAP));
  const addresses = join(folder, 'doors.csv');
  writeFileSync(addresses, doors());
  writeFileSync(`${addresses}.map.json`, JSON.stringify(DOOR_MAP));
  assert.equal(run(['init', '--db', base]).code, 0);
  const load = run(['import', join(root, 'data/divisions/divisions.csv'), file, addresses, '--db', base], { cwd: folder });
  assert.equal(load.code, 0, load.err);
});
after(() => rmSync(folder, { recursive: true, force: true }));

const copy = (t, from) => {
  const db = join(scratch(t), 'test.db');
  copyFileSync(from, db);
  return db;
};

// Runs a command and kills it after `ms`; true: it was still at work.
function killed(args, ms) {
  return new Promise((resolve) => {
    const child = spawn(diming, args, { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), ms);
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL');
    });
  });
}

// Runs a command and kills it when it has written `bytes` to the log of a
// database; true: it was still at work.
function killedAfter(args, db, bytes) {
  return new Promise((resolve) => {
    const child = spawn(diming, args, { stdio: 'ignore' });
    const timer = setInterval(() => {
      if ((statSync(`${db}-wal`, { throwIfNoEntry: false })?.size ?? 0) >= bytes) child.kill('SIGKILL');
    }, 1);
    child.on('exit', (code, signal) => {
      clearInterval(timer);
      resolve(signal === 'SIGKILL');
    });
  });
}

function assertWhole(db, when) {
  assert.equal(sql(db, 'PRAGMA integrity_check'), "'ok'", when);
  assert.equal(sql(db, 'PRAGMA foreign_key_check'), '', when);
}

// Kills a command at moments from its start to its end; `check` after each.
async function torment(args, db, check) {
  const begun = performance.now();
  const whole = copyOf(db);
  assert.equal(run([...args, '--db', whole]).code, 0);
  const length = performance.now() - begun;
  let hits = 0;
  for (let i = 1; i <= 6; i++) {
    hits += await killed([...args, '--db', db], (length * i) / 7) ? 1 : 0;
    assertWhole(db, `killed after ${i} of 7 parts`);
    check(db);
  }
  assert.ok(hits > 1, `only ${hits} of 6 were killed at work`);
  assert.equal(run([...args, '--db', db]).code, 0);
  assertWhole(db, 'at the end');
  return whole;
}

let copies = 0;
function copyOf(db) {
  const to = join(folder, `copy${copies++}.db`);
  copyFileSync(db, to);
  return to;
}

test('queueing is all or nothing', async (t) => {
  const db = copy(t, base);
  await torment(['dedupe', '--queue'], db, () => {
    const queued = count(db, 'review');
    assert.ok(queued === 0 || queued >= PAIRS + DOORS, `${queued} of ${PAIRS + DOORS} queued`);
  });
  assert.equal(count(db, "review WHERE kind = 'merge' AND subject = 'place'"), PAIRS);
  assert.equal(count(db, "review WHERE kind = 'merge' AND subject = 'address'"), DOORS);
});

// Every decision is one transaction: redirect, decision, event and merged place
// or address go together.
function assertDecisionsWhole(db) {
  const done = count(db, "review WHERE state = 'accepted'");
  assert.equal(count(db, 'merge_decision WHERE undone_at IS NULL'), done);
  assert.equal(count(db, 'merged_id'), done);
  assert.equal(count(db, "review_event WHERE action = 'accept'"), count(db, 'merge_decision'));
  assert.equal(count(db, "review_event WHERE action = 'undo'"), count(db, 'merge_decision WHERE undone_at IS NOT NULL'));
  assert.equal(count(db, 'place p JOIN redirect r ON r.merged = p.id'), 0);
  assert.equal(count(db, 'address d JOIN address_redirect r ON r.merged = d.id'), 0);
  assert.equal(count(db, 'address_redirect r JOIN address d ON d.id = r.kept'), count(db, 'address_redirect'));
  assert.equal(count(db, 'record WHERE about IN (SELECT merged FROM merged_id)'), 0);
  assert.equal(count(db, 'merge_decision WHERE undone_at IS NULL AND id NOT IN (SELECT decision FROM merge_cell)'), 0);
  assert.equal(count(db, 'merge_cell WHERE decision IN (SELECT id FROM merge_decision WHERE undone_at IS NOT NULL)'), 0);
}

// A file of decisions is carried out, killed again and again, and carried out
// to its end.
async function tormentDecisions(db, file, check, measure) {
  const seen = new Set();
  for (let i = 1; i <= 6; i++) {
    await killedAfter(['review', 'import', file, '--db', db], db, i * 150000);
    assertWhole(db, `killed ${i} times`);
    check(db);
    seen.add(measure(db));
  }
  assert.ok(seen.size > 2, `killed with ${[...seen]} decisions done`);
  run(['review', 'import', file, '--db', db]); // those that are done are told so
  assertWhole(db, 'at the end');
  check(db);
}

const BELIEFS = ['record', 'issue', 'place', 'name', 'place_code', 'address', 'redirect', 'address_redirect', 'merge_cell'];
const beliefs = (db) => BELIEFS.map((table) => sql(db, `SELECT * FROM ${table} ORDER BY 1`)).join('\n');

test('each decision of a file is done or not, each undo too', async (t) => {
  const db = copy(t, base);
  assert.equal(run(['dedupe', '--queue', '--db', db]).code, 0);
  const before = beliefs(db);
  const file = join(folder, 'decisions.csv');
  const write = (state, action) => {
    const lines = run(['review', 'export', '--state', state, '--db', db]).out.trim().split('\n');
    const filled = lines.map((line) => (line.includes(',merge,') ? line.replace(/,(open|accepted),,,,.*$/, `,$1,${action},,,王,同一处`) : line));
    writeFileSync(file, `${filled.join('\n')}\n`);
  };
  write('open', 'accept');
  const [places, addresses] = [count(db, 'place'), count(db, 'address')];
  const whole = copyOf(db);
  assert.equal(run(['review', 'import', file, '--db', whole]).code, 0);
  await tormentDecisions(db, file, assertDecisionsWhole, (now) => count(now, 'merged_id'));
  assert.equal(count(db, 'merged_id'), PAIRS + DOORS);
  assert.equal(count(db, 'place'), places - PAIRS);
  assert.equal(count(db, 'address'), addresses - DOORS);
  for (const rows of ['SELECT place, kind, text FROM name ORDER BY 1, 2, 3', 'SELECT id, text FROM address ORDER BY 1'])
    assert.equal(sql(db, rows), sql(whole, rows));
  write('accepted', 'undo');
  await tormentDecisions(db, file, assertDecisionsWhole, (now) => count(now, 'merged_id'));
  assert.equal(count(db, 'merged_id'), 0);
  assert.equal(beliefs(db), before);
});

test('a check is kept whole or not at all', async (t) => {
  const db = copy(t, base);
  const rules = new Set();
  await torment(['check', '--keep', '--format', 'json'], db, () => {
    const bare = count(db, 'quality_run WHERE id NOT IN (SELECT run FROM quality_indicator)');
    assert.equal(bare, 0);
  });
  for (const n of sql(db, 'SELECT COUNT(*) FROM quality_indicator GROUP BY run').split('\n')) rules.add(n);
  assert.equal(rules.size, 1, 'every kept check has all its rules');
});
