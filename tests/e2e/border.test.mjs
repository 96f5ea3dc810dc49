// Test plan: the public comparison of a line over HTTP (GeoJSON and JSON say the
// same, are labelled schematic, hold no marker; what is refused), the names along
// it over HTTP and from the command line (the pairs of names that the shipped
// villages are known for, none certain, for their positions are their towns'),
// and the view on the map page: two lines, hatched areas, profile, cards.
// Pictures go to build/screens/ to be looked at.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { ask, database, root, run, scratch, snapshot, startService } from './service.mjs';

const LINE = '330482-310116';
const FLAGS = ['--no-sandbox', '--hide-scrollbars', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run'];
const screens = join(root, 'build', 'screens');

let service;
before(async () => {
  mkdirSync(screens, { recursive: true });
  service = await startService();
});
after(() => service.stop());

test('the comparison of the schematic areas is public and says what it is', async () => {
  const geojson = await ask(service.url, `/v1/boundaries/${LINE}/checks`);
  const json = await ask(service.url, `/v1/boundaries/${LINE}/checks`, { f: 'json' });
  assert.equal(geojson.status, 200);
  assert.match(geojson.headers.get('content-type'), /geo\+json/);
  assert.match(json.headers.get('content-type'), /application\/json/);
  assert.deepEqual(json.body.summary, geojson.body.summary);
  const { summary, schematic, note, profile, lines, features, basis } = geojson.body;
  assert.equal(schematic, true);
  assert.match(note.zh, /示意/);
  assert.deepEqual([basis.a, basis.b], ['平湖市', '金山区']);
  assert.ok(Math.abs(summary.overlap_area_m2 - 582666) < 5827);
  assert.equal(json.body.findings.length, features.filter(({ properties }) => properties.rule).length);
  assert.equal(features.filter(({ properties }) => properties.kind === 'line').length, 2);
  assert.ok(profile.length > 300 && profile.length <= 700);
  const most = Math.max(...profile.map(([, off]) => Math.abs(off)));
  assert.ok(most <= lines.hausdorff_m + 0.01 && most > 0.8 * lines.hausdorff_m, `${most} of ${lines.hausdorff_m}`);
  assert.ok(profile.every(([along], i) => i === 0 || along > profile[i - 1][0]));
  assert.ok(!JSON.stringify(geojson.body).includes('marker'));
  const cli = JSON.parse(run(['boundary', 'check', join(root, 'data/boundaries/counties.geojson'), '--a-code', '330482', '--b-code', '310116',
    '--crs', 'EPSG:4490', '--schematic', '--format', 'json']).out);
  assert.ok(Math.abs(cli.summary.overlap_area_m2 - summary.overlap_area_m2) < 1);
});

test('a line that is none is refused with the reason', async () => {
  const cases = [
    [400, 'line', '330482'],
    [400, 'line', 'x-y'],
    [400, 'line', '330482-330482'],
    [404, 'line', '330482-999999'],
  ];
  for (const [status, parameter, code] of cases)
    for (const what of ['checks', 'names']) {
      const answer = await ask(service.url, `/v1/boundaries/${code}/${what}`);
      assert.equal(answer.status, status, code);
      assert.equal(answer.body.parameter, parameter);
      assert.ok(answer.body.detail && answer.body.detail_zh);
    }
  assert.equal((await ask(service.url, `/v1/boundaries/${LINE}/checks`, { f: 'kml' })).status, 400);
  assert.equal((await ask(service.url, `/v1/boundaries/${LINE}/names`, { within: '0' })).status, 400);
});

test('markers are for a surveyor\'s key only', async (t) => {
  const folder = scratch(t);
  const own = join(folder, 'own.db');
  const line = ['--line', '3133', '--section', LINE.split('-').reverse().join('-'), '--side', 'B', '--db', own];
  const done = (...args) => {
    const { code, out, err } = run(args);
    assert.equal(code, 0, err);
    return out;
  };
  copyFileSync(database, own);
  writeFileSync(join(folder, 'lines.csv'), 'code,section,edition,name,level,side_a,side_b,own,left,map_scale,synthetic,status\n'
    + '3133,310116-330482,1,合成界线,1,310116,330482,B,310116,10000,1,agreed\n');
  writeFileSync(join(folder, 'line.geojson'), done('boundary', 'sample', '--seed', '4', '--format', 'geojson'));
  writeFileSync(join(folder, 'register.csv'), done('boundary', 'sample', '--seed', '4', '--plant', 'single-outlier'));
  done('boundary', 'line', join(folder, 'lines.csv'), '--db', own);
  done('boundary', 'import', join(folder, 'line.geojson'), ...line, '--crs', 'EPSG:4490', '--agreed');
  done('boundary', 'import', join(folder, 'register.csv'), ...line, '--crs', 'EPSG:4549', '--as-stated');
  const keys = ['surveyor', 'reader'].map((role) => done('key', 'add', role, '--roles', role, '--db', own).trim());
  const server = await startService(['--db', own, '--snapshot', snapshot]);
  t.after(() => server.stop());
  const markers = async (headers) => {
    const answer = await fetch(new URL(`/v1/boundaries/${LINE}/checks`, server.url), { headers });
    assert.equal(answer.status, 200);
    const { features } = await answer.json();
    return { answer, markers: features.filter(({ properties }) => properties.kind === 'marker'), features };
  };
  const seen = await markers({ 'x-api-key': keys[0] });
  assert.equal(seen.markers.length, 28);
  assert.equal(seen.answer.headers.get('cache-control'), 'private, no-store');
  const outlier = seen.features.find(({ properties }) => properties.kind === 'single_outlier');
  assert.match(outlier.properties.message, /^界桩3133/);
  for (const headers of [{}, { 'x-api-key': keys[1] }]) {
    const { features } = await markers(headers);
    assert.ok(features.every(({ properties }) => properties.marker === undefined && properties.kind !== 'marker'));
  }
});

const DATA = ['--db', database, '--snapshot', snapshot];

test('names along the line: known pairs, none certain', async (t) => {
  const { body } = await ask(service.url, `/v1/boundaries/${LINE}/names`, { within: 2000, f: 'json' });
  assert.equal(body.schematic, true);
  assert.equal(body.summary.names, body.names.length);
  assert.equal(body.summary.names_perhaps, body.names.length); // no village has a position of its own
  const found = body.findings.map(({ kind, a, b }) => `${kind} ${a.slice(-3)} ${b.slice(-3)}`);
  assert.ok(found.includes('cross_border_village 山塘村 山塘村'), found.join('; '));
  assert.ok(found.some((line) => line.startsWith('sounds_same 海塘村')), found.join('; '));
  for (const finding of body.findings) {
    assert.equal(finding.certain, false);
    assert.equal(finding.severity, 'info');
    assert.equal(finding.rule, 'B14');
    assert.ok(finding.message && finding.message_en && finding.clause && finding.advice && finding.advice_en);
  }
  const { features } = (await ask(service.url, `/v1/boundaries/${LINE}/names`)).body;
  assert.equal(features.length, body.names.length + body.findings.length);
  const csv = run(['boundary', 'names', LINE, ...DATA, '--format', 'csv']);
  assert.equal(csv.code, 0, csv.err);
  assert.equal(csv.out.trim().split('\r\n').length, body.findings.length + 1);
  const page = join(scratch(t), 'names.html');
  const table = run(['boundary', 'names', LINE, ...DATA, '--within', '500', '--report', page]);
  assert.match(table.out, /names within 500 m/);
  assert.match(readFileSync(page, 'utf8'), /毗邻地名：平湖市 — 金山区/);
  const wrong = run(['boundary', 'names', '330482', ...DATA]);
  assert.equal(wrong.code, 3);
  assert.match(wrong.err, /no code of a line/);
  assert.equal(run(['boundary', 'names', ...DATA]).code, 2);
});

test('the map page shows both lines, what differs, and the profile', async (t) => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  t.after(() => browser.close());
  const slips = [];
  for (const [name, width, height, language] of [['border', 1280, 800, 'zh'], ['border-phone', 390, 800, 'en']]) {
    const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN' });
    const page = await context.newPage();
    page.on('console', (message) => { if (message.type() === 'error') slips.push(message.text()); });
    page.on('pageerror', (error) => slips.push(error.message));
    await page.goto(service.url);
    await page.waitForSelector('html[data-map=idle]', { state: 'attached' });
    if (language === 'en') await page.click('#language');
    await page.click('#border-toggle');
    await page.waitForSelector('#profile svg .difference');
    assert.match(await page.textContent('#profile'), language === 'zh' ? /重叠 0\.582 km²/ : /overlap 0\.582 km²/);
    assert.match(await page.textContent('#profile .badge'), language === 'zh' ? /示意/ : /[Ss]chematic/);
    assert.ok(await page.locator('#results li button').count() >= 8);
    await page.locator('#results li button').first().click();
    await page.waitForSelector('.maplibregl-popup .border-card');
    assert.match(await page.textContent('.border-card'), /B10/);
    await page.waitForTimeout(800);
    await page.waitForSelector('html[data-map=idle]', { state: 'attached' });
    await page.locator('#profile svg').hover();
    await page.screenshot({ path: join(screens, `${name}.png`) });
    await page.click('#border-toggle');
    assert.ok(await page.locator('#profile').isHidden());
    await context.close();
  }
  assert.deepEqual(slips, []);
});
