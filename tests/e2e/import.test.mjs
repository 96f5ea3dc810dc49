// Test plan: bad input gets its clear error and the database stays as it was: a
// broken row, a wrong CRS, an empty file, a huge field, bytes that are not
// UTF-8; a second import changes nothing; kill -9 in mid-import loses nothing
// that was committed.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { diming, root, run, scratch } from './service.mjs';

const MAP = {
  source: { key: 'e2e', title: 'test', origin: 'made by hand', edition: '1', licence: 'CC0-1.0', credit: 'test' },
  crs: 'EPSG:4490', entry: 'place', key: ['id'],
  columns: { name: 'name', category: 'category', parent_code: 'parent', x: 'lon', y: 'lat' },
  values: { method: 'surveyed', accuracy_m: '5' },
};
const HEAD = 'id,name,category,parent,lon,lat\n';

// A database with the divisions of the area, and what it holds as text.
function fresh(t) {
  const folder = scratch(t);
  const db = join(folder, 'test.db');
  assert.equal(run(['init', '--db', db]).code, 0);
  const load = run(['import', join(root, 'data/divisions/divisions.csv'), '--db', db], { cwd: folder });
  assert.equal(load.code, 0, load.err);
  return { folder, db };
}

const TABLES = ['source', 'record', 'place', 'name', 'address', 'claim', 'issue', 'journal'];
function dump(db) {
  return TABLES.map((table) => {
    const result = spawnSync('sqlite3', [db, `SELECT count(*) FROM ${table}; SELECT * FROM ${table} ORDER BY 1;`], { encoding: 'utf8', maxBuffer: 1 << 28 });
    assert.equal(result.status, 0, result.stderr);
    return `${table}\n${result.stdout}`;
  }).join('\n');
}

function give(folder, name, bytes, map = MAP) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  writeFileSync(`${path}.map.json`, JSON.stringify(map));
  return path;
}

test('a broken row is rejected with line and reason, the others are stored', (t) => {
  const { folder, db } = fresh(t);
  const path = give(folder, 'rows.csv', `${HEAD}1,甲测路,23510,330482101,121.09,30.60\n2,乙测路,23510\n3,丙测路,23510,330482101,121.10,30.61\n`);
  const result = run(['import', path, '--db', db], { cwd: folder });
  assert.equal(result.code, 0, result.err);
  const rejects = readFileSync(join(folder, 'rows.csv.rejects.csv'), 'utf8');
  assert.match(rejects, /rows\.csv",3,/);
  const stored = spawnSync('sqlite3', [db, "SELECT text FROM name WHERE text LIKE '%测路' ORDER BY text"], { encoding: 'utf8' });
  assert.deepEqual(stored.stdout.trim().split('\n').sort(), ['丙测路', '甲测路'].sort());
});

test('whole files that cannot be right change nothing', (t) => {
  const { folder, db } = fresh(t);
  const before = dump(db);
  const cases = [
    ['empty.csv', '', MAP, /empty/],
    ['crs.csv', `${HEAD}1,甲测路,23510,330482101,121.09,30.60\n`, { ...MAP, crs: 'EPSG:999999' }, /EPSG:999999/],
    ['nocrs.csv', `${HEAD}1,甲测路,23510,330482101,121.09,30.60\n`, { ...MAP, crs: undefined }, /CRS|crs/],
    ['column.csv', 'id,name\n1,甲测路\n', MAP, /category|parent|lon|lat/],
    ['utf16.csv', Buffer.from(`\ufeff${HEAD}1,甲测路,23510,330482101,121,30\n`, 'utf16le'), MAP, /UTF-8/],
  ];
  for (const [name, bytes, map, reason] of cases) {
    const result = run(['import', give(folder, name, bytes, map), '--db', db], { cwd: folder });
    assert.notEqual(result.code, 0, name);
    assert.match(result.err, reason, name);
    assert.ok(result.err.includes(name), `${name}: ${result.err}`);
  }
  assert.equal(dump(db), before);
});

test('a row that is not UTF-8, and one out of its CRS, are rejected by line', (t) => {
  const { folder, db } = fresh(t);
  const bytes = Buffer.concat([Buffer.from(`${HEAD}1,甲测路,23510,330482101,121.09,30.60\n2,`), Buffer.from([0xff, 0xfe]), Buffer.from(',23510,330482101,121.09,30.60\n3,丙测路,23510,330482101,30.60,121.09\n')]);
  const result = run(['import', give(folder, 'bytes.csv', bytes), '--db', db], { cwd: folder });
  assert.equal(result.code, 0, result.err);
  const rejects = readFileSync(join(folder, 'bytes.csv.rejects.csv'), 'utf8');
  assert.match(rejects, /bytes\.csv",3,/);
  assert.match(rejects, /UTF-8/);
  assert.match(rejects, /bytes\.csv",4,/);
});

test('a field of 1 GB is refused, with flat memory and nothing stored', (t) => {
  const { folder, db } = fresh(t);
  const before = dump(db);
  const path = give(folder, 'huge.csv', HEAD);
  const file = openSync(path, 'a');
  writeSync(file, '1,"');
  const part = Buffer.alloc(1 << 24, 'x');
  for (let i = 0; i < 64; i++) writeSync(file, part);
  closeSync(file);
  const result = spawnSync('/bin/sh', ['-c', 'ulimit -v 2500000; exec "$@"', 'sh', diming, 'import', path, '--db', db], { encoding: 'utf8', cwd: folder, timeout: 60000 });
  assert.notEqual(result.status, 0);
  assert.match(result.stderr, /huge\.csv:2/);
  assert.equal(dump(db), before);
});

test('importing the same file again changes nothing', (t) => {
  const { folder, db } = fresh(t);
  const before = dump(db);
  const again = run(['import', join(root, 'data/divisions/divisions.csv'), '--db', db], { cwd: folder });
  assert.equal(again.code, 0, again.err);
  assert.equal(dump(db), before);
});

test('kill -9 in mid-import loses nothing that was committed', async (t) => {
  const { folder, db } = fresh(t);
  const before = dump(db);
  const rows = Array.from({ length: 200000 }, (_, i) => `${i},测${i}路,23510,330482101,121.09,30.60`).join('\n');
  const path = give(folder, 'many.csv', `${HEAD}${rows}\n`);
  for (const wait of [150, 400, 900]) {
    const child = spawn(diming, ['import', path, '--db', db], { cwd: folder, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal)));
    await new Promise((resolve) => setTimeout(resolve, wait));
    child.kill('SIGKILL');
    assert.equal(await ended, 'SIGKILL', 'the import was still running');
    const check = spawnSync('sqlite3', [db, 'PRAGMA integrity_check'], { encoding: 'utf8' });
    assert.equal(check.stdout.trim(), 'ok');
    assert.equal(dump(db), before);
  }
});

test('a backup taken while the service reads is a whole database', (t) => {
  const { folder, db } = fresh(t);
  const copy = join(folder, 'copy.db');
  assert.equal(run(['backup', copy, '--db', db]).code, 0);
  assert.equal(dump(copy), dump(db));
});
