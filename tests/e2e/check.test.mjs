// Test plan: `diming check` on the shipped data as a clerk runs it: the traps
// that are known of the real data are all found, at the severity they deserve,
// and nothing is called an error; one proposed name; every format; the report
// opens without another host, goes by county and township, and counts what was
// asked; kept indicators and the progress they show; one import; the bureau's own word lists; what is told of a plan; wrong use and broken rules say
// so; a rule that cannot be evaluated says why; rules of a day.
import assert from 'node:assert/strict';
import { copyFileSync, cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { database, root, run, scratch } from './service.mjs';

const FILES = ['--db', database];
const golden = JSON.parse(readFileSync(join(root, 'tests', 'golden', 'check_traps.json'), 'utf8'));
let report;

before(() => {
  const { code, out, err } = run(['check', '--format', 'json', '--at', '2026-01-01', ...FILES]);
  assert.equal(code, 0, err);
  report = JSON.parse(out);
});

const has = (trap) => report.findings.some((f) => f.rule === trap.rule && f.severity === trap.severity
  && (!trap.codes || trap.codes.every((code) => code === f.code || code === f.other?.code)));

test('every known trap of the real data is found', () => {
  for (const trap of golden.traps) assert.ok(has(trap), JSON.stringify(trap));
});

test('nothing of the real data is called an error', () => {
  assert.deepEqual(report.findings.filter((f) => f.severity === 'error'), []);
  assert.equal(report.summary.error, 0);
});

test('no homophones inside 平湖', () => {
  const inside = report.findings.filter((f) => f.rule === 'N10' && f.message.startsWith('同音')
    && f.code.startsWith('330482'));
  assert.deepEqual(inside, []);
});

test('what is not evaluated says why', () => {
  const leaders = report.rules.find((rule) => rule.id === 'N06');
  assert.equal(leaders.evaluated, false);
  assert.match(leaders.why_en, /list is empty/);
  for (const rule of report.rules) assert.ok(rule.evaluated ? rule.tested > 0 : rule.why, rule.id);
});

test('a proposed name', () => {
  const name = (...args) => run(['check', 'name', ...args, ...FILES]);
  assert.equal(name('银杏路', '--category', 'road', '--in', '330482001').code, 0);
  const taken = name('山塘村', '--category', 'village', '--in', '330482103', '--format', 'json');
  assert.equal(taken.code, 1);
  const clash = JSON.parse(taken.out).findings.find((f) => f.rule === 'N10');
  assert.equal(clash.severity, 'error');
  assert.equal(clash.other.code, '330482106209');
  const alike = name('海棠村', '--category', 'village', '--in', '330482103', '--format', 'json');
  assert.ok(JSON.parse(alike.out).findings.some((f) => f.rule === 'N10' && f.other.name === '海塘村'));
  assert.equal(name('银杏路').code, 2);
  assert.equal(name('银杏路', '--category', 'x', '--in', '330482001').code, 3);
  assert.equal(name('银杏路', '--category', 'road', '--in', '999999').code, 3);
});

test('rules are dated', () => {
  const at = (day, id) => JSON.parse(run(['check', '--format', 'json', '--at', day, ...FILES]).out).rules.find((r) => r.id === id);
  // the provincial rules of 2012 are not at hand: said, not passed over
  assert.match(at('2022-06-01', 'N14').clause, /309/);
  assert.equal(at('2022-06-01', 'N14').evaluated, false);
  assert.doesNotMatch(at('2025-06-01', 'N14').clause, /309/);
  assert.equal(at('2022-04-30', 'N10'), undefined); // before Order 753
});

test('csv, geojson, xlsx and the report', (t) => {
  const folder = scratch(t);
  const page = join(folder, 'out.html');
  const { code, out } = run(['check', '--format', 'csv', '--least', 'warning', '--report', page, ...FILES]);
  assert.equal(code, 0);
  assert.match(out, /^规则,级别,/);
  assert.equal(out.trim().split('\r\n').length, 1 + report.summary.warning);
  const html = readFileSync(page, 'utf8');
  assert.match(html, /示意图/);
  assert.doesNotMatch(html, /<script|https?:\/\//);
  const map = JSON.parse(run(['check', '--format', 'geojson', ...FILES]).out);
  assert.equal(map.type, 'FeatureCollection');
  for (const f of map.features) assert.ok(f.geometry.coordinates[0] > 120);
  const sheet = join(folder, 'out.xlsx');
  assert.equal(run(['check', '--format', 'xlsx', '--output', sheet, ...FILES]).code, 0);
  assert.ok(statSync(sheet).size > 5000);
  assert.equal(run(['check', '--format', 'xlsx', ...FILES]).code, 2);
});

test('the report goes county by county and township by township', (t) => {
  const folder = scratch(t);
  const page = (...args) => {
    const file = join(folder, 'page.html');
    assert.equal(run(['check', '--report', file, ...args, ...FILES]).code, 0);
    return readFileSync(file, 'utf8');
  };
  const whole = page();
  const counties = [...whole.matchAll(/<tr><td>[^<]*<span class="code">(\d{6})</g)].map((m) => m[1]);
  assert.ok(counties.includes('330482') && counties.includes('310116'));
  assert.deepEqual(counties, [...counties].sort());
  const homophones = whole.slice(whole.indexOf('<summary>N10')).split('</table>')[0];
  const codes = [...homophones.matchAll(/class="code">(\d{12})</g)].map((m) => m[1]);
  assert.ok(codes.length > 50);
  assert.deepEqual(codes, [...codes].sort());
  const city = page('--in', '330482');
  assert.doesNotMatch(city, /各县（市、区）/);
  const places = (html) => Number(html.match(/<b>(\d+)<\/b>地名/)[1]);
  assert.ok(places(city) > 100 && places(city) < places(whole) / 5);
});

test('indicators are kept when asked for', (t) => {
  const copy = join(scratch(t), 'copy.db');
  copyFileSync(database, copy);
  const before = run(['status', '--format', 'json', '--db', copy]).out;
  for (let i = 0; i < 2; i++) assert.equal(run(['check', '--keep', '--db', copy]).code, 0);
  assert.equal(run(['status', '--format', 'json', '--db', copy]).out, before); // no belief has changed
  const page = join(scratch(t), 'progress.html');
  assert.equal(run(['check', '--report', page, '--db', copy]).code, 0);
  assert.match(readFileSync(page, 'utf8'), /<polyline/);
});

test('the kept runs show the progress', (t) => {
  const copy = join(scratch(t), 'copy.db');
  copyFileSync(database, copy);
  assert.match(run(['check', 'progress', '--db', copy]).out, /no run was kept/);
  for (let i = 0; i < 3; i++) assert.equal(run(['check', '--in', '330482', '--keep', '--db', copy]).code, 0);
  assert.match(run(['check', 'progress', '--db', copy]).out, /no run was kept/); // another part of the base
  const progress = (...format) => run(['check', 'progress', '--in', '330482', ...format, '--db', copy]).out;
  const runs = JSON.parse(progress('--format', 'json')).runs;
  assert.equal(runs.length, 3);
  assert.equal(runs[2].error, 0);
  assert.ok(runs[2].indicators.Q14 > 95);
  assert.match(progress(), /Q14 .*\+0\.00/);
  assert.equal(progress('--format', 'csv').split('\r\n').filter((line) => line.includes(',warning,')).length, 3);
  const page = join(scratch(t), 'progress.html');
  assert.equal(run(['check', '--in', '330482', '--report', page, '--db', copy]).code, 0);
  const html = readFileSync(page, 'utf8');
  assert.match(html, /结论/);
  assert.match(html, /检查范围：平湖市（330482）/);
  assert.match(html, /已保存的 3 次检查/);
  assert.match(html, /<td class="code">Q14<\/td>[^\n]*\+0\.00/);
});

test('one import by its number', (t) => {
  const folder = scratch(t);
  const copy = join(folder, 'copy.db');
  copyFileSync(database, copy);
  const plates = join(root, 'tests', 'fixtures', 'importers', 'plates_synthetic.csv');
  const done = run(['import', plates, '--profile', 'doorplate', '--crs', 'EPSG:4490', '--source', 'key=e2e;origin=synthetic;edition=1',
    '--set', 'synthetic=1;method=synthetic', '--db', copy], { cwd: folder });
  assert.equal(done.code, 0, done.err);
  const newest = run(['check', 'imports', '--db', copy]).out.split('\n')[1];
  assert.match(newest, /e2e, .*plates_synthetic\.csv: 9, 6, 0, 3/);
  const number = newest.match(/^\d+/)[0];
  const report = JSON.parse(run(['check', '--import', number, '--format', 'json', '--db', copy]).out);
  const tested = (id) => report.rules.find((rule) => rule.id === id).tested;
  assert.equal(tested('C04'), 6);
  assert.equal(tested('A01'), 6);
  assert.ok(report.findings.every((f) => f.rule.startsWith('Q') || f.name.startsWith('浙江省嘉兴市平湖市')));
  assert.equal(run(['check', '--import', '9999', '--db', copy]).code, 4);
  assert.equal(run(['check', '--import', 'x', '--db', copy]).code, 2);
});

test("the bureau's own word lists", (t) => {
  const lists = join(scratch(t), 'lists');
  mkdirSync(lists);
  writeFileSync(join(lists, 'leaders.txt'), '# of a test\n新仓镇\n');
  const report = JSON.parse(run(['check', '--lists', lists, '--format', 'json', '--at', '2026-01-01', ...FILES]).out);
  assert.deepEqual(report.findings.filter((f) => f.rule === 'N06').map((f) => f.code), ['330482103']);
  assert.equal(report.rules.find((rule) => rule.id === 'N07').evaluated, false); // its list is still empty
  writeFileSync(join(lists, 'leader.txt'), '新仓镇\n');
  const { code, err } = run(['check', '--lists', lists, ...FILES]);
  assert.equal(code, 3);
  assert.match(err, /leader\.txt.*no list/);
});

test('what is told of a plan is judged', () => {
  const ask = (plan) => run(['check', 'name', '甲测大厦', '--category', 'building', '--in', '330482001', '--format', 'json', '--with', plan, ...FILES]);
  const rules = (plan) => JSON.parse(ask(plan).out).findings.map((f) => f.rule);
  assert.ok(rules('floors=8;site_area_m2=500').includes('N21'));
  assert.ok(!rules('floors=20').includes('N21'));
  assert.ok(rules('applicant=平湖市甲测置业有限公司').includes('N09'));
  assert.ok(!rules('applicant=平湖市甲测置业有限公司;special_link=自建自用').includes('N09'));
  assert.equal(ask('floor=8').code, 3);
});

test('broken rules are refused with file, line and column', (t) => {
  const folder = scratch(t);
  cpSync(join(root, 'data', 'rules'), folder, { recursive: true });
  assert.equal(run(['check', '--rules', folder, ...FILES]).code, 0);
  writeFileSync(join(folder, 'codes.rules'), 'rule C01\n  titel x\n');
  const { code, err } = run(['check', '--rules', folder, ...FILES]);
  assert.equal(code, 3);
  assert.match(err, /codes\.rules:2:3: .*titel/);
});

test('one import, and a source that is not there', () => {
  assert.equal(run(['check', '--source', 'nbs-divisions', ...FILES]).code, 0);
  const { code, err } = run(['check', '--source', 'no-such', ...FILES]);
  assert.equal(code, 4);
  assert.match(err, /nbs-divisions/);
});
