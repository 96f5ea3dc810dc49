// Test plan: `diming dedupe` on the shipped data as a clerk runs it: it proposes
// no wrong merge, says of each known pair of namesakes why it is two, and
// every format says the same; addresses of two sources, written differently,
// are found and their neighbours are not; wrong use is refused.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { database, root, run, scratch } from './service.mjs';

const golden = JSON.parse(readFileSync(join(root, 'tests', 'golden', 'dedupe.json'), 'utf8'));
let answer;

before(() => {
  const { code, out, err } = run(['dedupe', '--format', 'json', '--least', 'different', '--db', database]);
  assert.equal(code, 0, err);
  answer = JSON.parse(out);
});

const pairOf = (...codes) => answer.pairs.find((p) => codes.includes(p.a.code) && codes.includes(p.b.code));

test('nothing of the shipped data is merged', () => {
  assert.equal(answer.summary.duplicate, 0);
  assert.equal(answer.summary.review, 0);
  assert.equal(answer.summary.skipped, 0);
  assert.ok(answer.pairs.length > 100);
  for (const p of answer.pairs) assert.ok(p.why && p.why_en, JSON.stringify(p));
});

test('the namesakes across the line are two, and why', () => {
  for (const { name, codes, why } of golden.different) {
    const pair = pairOf(...codes);
    assert.ok(pair, name);
    assert.equal(pair.band, 'different');
    assert.match(pair.why, new RegExp(why));
  }
});

test('村 and 社区 of one name are two', () => {
  for (const name of golden.village_and_community) {
    const pair = answer.pairs.find((p) => p.a.code?.startsWith('330482') && p.b.code?.startsWith('330482')
      && [p.a, p.b].every((x) => x.name.startsWith(name)) && p.a.name !== p.b.name);
    assert.ok(pair, name);
    assert.equal(pair.band, 'different');
    assert.match(pair.why, /一个是村，一个是社区/, name);
  }
});

const WRITINGS = `id,text,lon,lat
1,浙江省嘉兴市平湖市乍浦镇甲测路3号2幢501室,121.0900,30.6000
2,平湖市乍浦镇甲测路三号2栋501,121.0901,30.6000
3,乍浦镇甲测路3号2-501 收货人王先生 13800000000,121.0900,30.6001
4,浙江省嘉兴市平湖市乍浦镇甲测路3号3幢501室,121.0901,30.6000
5,浙江省嘉兴市平湖市乍浦镇甲测路5号-1,121.0905,30.6000
6,平湖市乍浦镇甲测路5号附1,121.0905,30.6001
7,浙江省嘉兴市平湖市新埭镇甲测路5号-1,121.0905,30.6000
8,浙江省嘉兴市平湖市乍浦镇甲测路5号,121.0905,30.6000
`;

test('addresses of two writings are one, neighbours and rooms are not', (t) => {
  const folder = scratch(t);
  const [db, rows] = [join(folder, 'test.db'), join(folder, 'rows.csv')];
  writeFileSync(rows, WRITINGS);
  writeFileSync(`${rows}.map.json`, JSON.stringify({
    source: { key: 'e2e', title: 'test', origin: 'made by hand', edition: '1', licence: 'CC0-1.0', credit: 'test' },
    crs: 'EPSG:4490', entry: 'address', key: ['id'], columns: { text: 'text', x: 'lon', y: 'lat' },
    values: { method: 'surveyed', accuracy_m: '5' },
  }));
  assert.equal(run(['init', '--db', db]).code, 0);
  const load = run(['import', join(root, 'data/divisions/divisions.csv'), rows, '--db', db], { cwd: folder });
  assert.equal(load.code, 0, load.err);
  const { code, out, err } = run(['dedupe', '--of', 'addresses', '--format', 'json', '--db', db]);
  assert.equal(code, 0, err);
  const found = JSON.parse(out);
  assert.equal(found.summary.kind, 'address');
  assert.equal(found.summary.addresses, 8);
  const numbers = (name) => name.replace(/.*路/, '');
  const pairs = found.pairs.filter((p) => p.band === 'duplicate').map((p) => [p.a, p.b].map((x) => numbers(x.name)).sort().join(' = ')).sort();
  const [full, short] = ['3号2幢501室', '3号2幢501'];
  assert.deepEqual(pairs, [`${short} = ${full}`, `${short} = ${full}`, `${full} = ${full}`, '5号-1 = 5号-1']);
  assert.equal(found.summary.clusters, 2);
  assert.equal(found.pairs.every((p) => numbers(p.a.name).slice(0, 2) === numbers(p.b.name).slice(0, 2)), true);
  assert.equal(run(['dedupe', '--of', 'rivers', '--db', db]).code, 2);
});

test('formats and wrong use', () => {
  const csv = run(['dedupe', '--format', 'csv', '--least', 'different', '--db', database]);
  assert.equal(csv.out.trim().split('\n').length, answer.pairs.length + 1);
  assert.match(run(['dedupe', '--db', database]).out, /重复 0，待审 0/);
  assert.equal(run(['dedupe', '--format', 'pdf', '--db', database]).code, 2);
  assert.equal(run(['dedupe', '--least', 'x', '--db', database]).code, 2);
  assert.equal(run(['dedupe', 'x', '--db', database]).code, 2);
  assert.equal(run(['dedupe', '--db', '/nonexistent.db']).code, 4);
});
