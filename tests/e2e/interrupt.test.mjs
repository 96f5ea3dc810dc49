// Test plan: the work of a clean-up is killed (SIGKILL) at many moments: queueing
// pairs, carrying out a file of decisions, keeping a check. After each the
// database is whole, nothing is half done, and going on ends as if nothing had
// happened.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { diming, root, run, scratch } from './service.mjs';

const PAIRS = 50;
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
  assert.equal(run(['init', '--db', base]).code, 0);
  const load = run(['import', join(root, 'data/divisions/divisions.csv'), file, '--db', base], { cwd: folder });
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
    assert.ok(queued === 0 || queued >= PAIRS, `${queued} of ${PAIRS} queued`);
  });
  assert.equal(count(db, "review WHERE kind = 'merge'"), PAIRS);
});

// Every decision is one transaction: redirect, decision, event and merged place
// go together.
function assertDecisionsWhole(db) {
  const done = count(db, "review WHERE state = 'accepted'");
  assert.equal(count(db, 'merge_decision'), done);
  assert.equal(count(db, 'redirect'), done);
  assert.equal(count(db, 'review_event'), done);
  assert.equal(count(db, 'place p JOIN redirect r ON r.merged = p.id'), 0);
  assert.equal(count(db, 'merge_decision WHERE id NOT IN (SELECT decision FROM merge_cell)'), 0);
}

test('each decision of a file is done or not', async (t) => {
  const db = copy(t, base);
  assert.equal(run(['dedupe', '--queue', '--db', db]).code, 0);
  const file = join(folder, 'decisions.csv');
  const lines = run(['review', 'export', '--db', db]).out.trim().split('\n');
  const accept = lines.map((line) => (line.includes(',merge,') ? line.replace(/open,,,,,$/, 'open,accept,,,王,同一条路') : line));
  writeFileSync(file, `${accept.join('\n')}\n`);
  const places = count(db, 'place');
  const whole = copyOf(db);
  assert.equal(run(['review', 'import', file, '--db', whole]).code, 0);
  const seen = new Set();
  for (let i = 1; i <= 6; i++) {
    await killedAfter(['review', 'import', file, '--db', db], db, i * 150000);
    assertWhole(db, `killed ${i} times`);
    assertDecisionsWhole(db);
    seen.add(count(db, 'redirect'));
  }
  assert.ok(seen.size > 2, `killed with ${[...seen]} decisions done`);
  run(['review', 'import', file, '--db', db]); // those that are done are told so
  assertDecisionsWhole(db);
  assert.equal(count(db, 'redirect'), PAIRS);
  assert.equal(count(db, 'place'), places - PAIRS);
  const names = "SELECT place, kind, text FROM name ORDER BY 1, 2, 3";
  assert.equal(sql(db, names), sql(whole, names));
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
