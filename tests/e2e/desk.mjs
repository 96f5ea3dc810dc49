// desk.mjs - a database with planted work for a clerk, for the tests of the
// review queue. The roads are made up; the towns they lie in are real.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './service.mjs';

const MAP = {
  source: { key: 'e2e', title: 'test', origin: 'made by hand', edition: '1', licence: 'CC0-1.0', credit: 'test' },
  crs: 'EPSG:4490', entry: 'place', key: ['id'],
  columns: { name: 'name', category: 'category', parent_code: 'parent', x: 'lon', y: 'lat' },
  values: { method: 'surveyed', accuracy_m: '5' },
};
// What a decision may change, and what nothing of the queue is part of.
const TABLES = ['source', 'record', 'issue', 'place', 'division', 'name', 'place_code', 'place_area', 'address', 'claim',
  'heritage', 'change', 'line', 'redirect', 'address_redirect', 'merge_cell'];

// Roads of 乍浦镇 whose spelling begins with a small letter: R10, which mends
// itself.
export const SPOILED = ['乙安路', '新华路', '友谊路', '东方红路', '桂花路', '胜利路'];
const ROWS = `id,name,category,parent,lon,lat
1,甲测路,23510,330482101,121.09,30.60
2,甲测路,23500,330482101,121.0901,30.60
3,乙测路,23510,330482102,121.08,30.61
4,乙侧路,23510,330482102,121.0801,30.61
${SPOILED.map((name, i) => `${10 + i},${name},23510,330482101,121.1${i},30.6${i}`).join('\n')}
`;

// The divisions of one county and what they lie in: enough, and soon read.
export function writeDivisions(file) {
  const shipped = join(root, 'data', 'divisions', 'divisions.csv');
  const [head, ...lines] = readFileSync(shipped, 'utf8').split('\n');
  writeFileSync(file, [head, ...lines.filter((line) => /^(33|3304|330482\d*),/.test(line)), ''].join('\n'));
  copyFileSync(`${shipped}.map.json`, `${file}.map.json`);
}

export function sql(db, text, ...options) {
  const result = spawnSync('sqlite3', [...options, db, text], { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(result.status, 0, result.stderr);
  return result.stdout.trim();
}

export const dump = (db) => TABLES.map((table) => sql(db, `SELECT * FROM ${table} ORDER BY 1`, '-quote')).join('\n');

// The twins and the findings of one county are queued. The folder is the
// caller's to remove.
export function makeDesk() {
  const folder = mkdtempSync(join(tmpdir(), 'diming-desk-'));
  const db = join(folder, 'test.db');
  const rows = join(folder, 'rows.csv');
  writeFileSync(rows, ROWS);
  writeFileSync(`${rows}.map.json`, JSON.stringify(MAP));
  const divisions = join(folder, 'divisions.csv');
  writeDivisions(divisions);
  const load = run(['import', divisions, rows, '--db', db], { cwd: folder });
  assert.equal(load.code, 0, load.err);
  sql(db, `UPDATE name SET roman = replace(lower(roman), ' lù', ' Lù') WHERE text IN (${SPOILED.map((n) => `'${n}'`).join()})`);
  assert.equal(run(['dedupe', '--queue', '--db', db]).code, 0);
  const queued = run(['check', '--queue', '--format', 'json', '--in', '330482', '--db', db]);
  assert.match(queued.err, /queued: \d+ new, 0 known/);
  return { folder, db };
}
