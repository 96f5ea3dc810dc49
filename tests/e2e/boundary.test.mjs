// Test plan: `diming boundary check` on the shipped schematic counties (drawn
// apart, so that they overlap): the overlap to 1 % of what SpatiaLite gives,
// 582,666 m2 in EPSG:4549; the same sides swapped and from two files; and what
// is refused: no --crs, no such code, no file, a file without areas. The finer
// polygons, where they lie, share 57.04 km (skipped without them).
// `boundary sample` and `survey`: each planted error comes back named, a clean
// register has no finding, in every format; and what is refused.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run, scratch } from './service.mjs';

const COUNTIES = fileURLToPath(new URL('../../data/boundaries/counties.geojson', import.meta.url));
const CRS = ['--crs', 'EPSG:4490'];

function check(...args) {
  const { code, out, err } = run(['boundary', 'check', ...args, '--format', 'json']);
  assert.equal(code, 0, err);
  return JSON.parse(out);
}

function near(got, want, share) {
  assert.ok(Math.abs(got - want) <= share * want, `got ${got}, want ${want}`);
}

test('the shipped counties overlap by what SpatiaLite says', () => {
  const { summary, findings } = check(COUNTIES, '--a-code', '330482', '--b-code', '310116', ...CRS);
  near(summary.overlap_area_m2, 582666, 0.01);
  near(summary.gap_area_m2, 420948, 0.01);
  assert.ok(summary.shared_length_m >= summary.identical_length_m);
  const overlaps = findings.filter((finding) => finding.kind === 'overlap');
  assert.equal(overlaps.length, summary.overlap_count);
  near(overlaps.reduce((sum, finding) => sum + finding.area_m2, 0), summary.overlap_area_m2, 1e-6);
  for (const finding of findings) {
    assert.match(finding.rule, /^B1[03]$/);
    assert.ok(finding.message && finding.message_en && finding.clause);
    const [lon, lat] = finding.where;
    assert.ok(lon > 120.9 && lon < 121.5 && lat > 30.5 && lat < 31);
  }
});

test('two files, the other way round, say the same', (t) => {
  const folder = scratch(t);
  const all = JSON.parse(readFileSync(COUNTIES, 'utf8'));
  const [pinghu, jinshan] = ['330482', '310116'].map((code) => {
    const path = join(folder, `${code}.geojson`);
    const features = all.features.filter((feature) => feature.properties.code === code);
    writeFileSync(path, JSON.stringify({ ...all, features }));
    return path;
  });
  const there = check(pinghu, jinshan, ...CRS).summary;
  const back = check(jinshan, pinghu, ...CRS).summary;
  near(back.overlap_area_m2, there.overlap_area_m2, 1e-6);
  near(back.gap_area_m2, there.gap_area_m2, 1e-6);
  assert.equal(back.unmatched_vertices, there.unmatched_vertices);
});

test('what cannot be compared is refused with the reason', (t) => {
  const empty = join(scratch(t), 'empty.geojson');
  writeFileSync(empty, '{"type":"Feature","properties":{"code":"1"},"geometry":{"type":"Point","coordinates":[121,30.7]}}');
  const cases = [
    [2, /--crs is needed/, [COUNTIES, COUNTIES]],
    [2, /two files/, [COUNTIES, ...CRS]],
    [2, /--tolerance is '-1'/, [COUNTIES, COUNTIES, ...CRS, '--tolerance=-1']],
    [3, /EPSG/, [COUNTIES, COUNTIES, '--crs', 'nonsense']],
    [3, /no area with code '999999'/, [COUNTIES, '--a-code', '330482', '--b-code', '999999', ...CRS]],
    [3, /no area/, [empty, COUNTIES, ...CRS]],
    [4, /nowhere/, ['/nowhere.geojson', COUNTIES, ...CRS]],
  ];
  for (const [want, why, args] of cases) {
    const { code, err } = run(['boundary', 'check', ...args]);
    assert.equal(code, want, err);
    assert.match(err, why);
  }
  assert.equal(run(['boundary', 'guess']).code, 2);
});

const FINER = fileURLToPath(new URL('../../../shared/data/boundaries/', import.meta.url));

test('the finer polygons share 57.04 km and do not overlap', { skip: existsSync(FINER) ? false : 'no finer polygons here' }, () => {
  const { summary } = check(join(FINER, '330482.json'), join(FINER, '310116.json'), '--crs', 'GCJ-02');
  assert.ok(Math.abs(summary.shared_length_m - 57040) <= 10, String(summary.shared_length_m));
  assert.ok(summary.shared_length_ground_m < summary.shared_length_m);
  assert.equal(summary.overlap_area_m2, 0);
  assert.equal(summary.gap_area_m2, 0);
});

function sample(folder, plant, seed = 4) {
  const paths = [join(folder, `${plant}.csv`), join(folder, `${plant}.geojson`)];
  for (const [i, format] of ['csv', 'geojson'].entries()) {
    const { code, out, err } = run(['boundary', 'sample', '--plant', plant, '--seed', String(seed), '--format', format]);
    assert.equal(code, 0, err);
    assert.match(out, /synthetic/);
    writeFileSync(paths[i], out);
  }
  return paths;
}

const SURVEY = ['--crs', 'EPSG:4549', '--line-crs', 'EPSG:4490', '--left', '31', '--at', '2026-03-01'];

function survey(...args) {
  const { code, out, err } = run(['boundary', 'survey', ...args]);
  assert.equal(code, 0, err);
  return out;
}

test('each planted error of a register comes back named', (t) => {
  const folder = scratch(t);
  const cases = {
    clean: null,
    shift: 'shift',
    rotation: 'rotation',
    'single-outlier': 'single_outlier',
    'swapped-axes': 'swapped_axes',
    'wrong-zone': 'wrong_zone',
    'datum-offset': 'datum_offset',
    order: 'order',
    code: 'code',
  };
  for (const [plant, kind] of Object.entries(cases)) {
    const { summary, findings } = JSON.parse(survey(...sample(folder, plant), ...SURVEY, '--format', 'json'));
    assert.equal(summary.markers, 28);
    assert.equal(summary.compared, 28);
    assert.equal(findings.length > 0, kind !== null, plant);
    for (const finding of findings) {
      assert.equal(finding.kind, kind, plant);
      assert.ok(finding.message && finding.message_en && finding.clause && finding.advice);
    }
  }
});

test('a register in other formats and systems says the same', (t) => {
  const folder = scratch(t);
  const [register, line] = sample(folder, 'single-outlier');
  const { findings } = JSON.parse(survey(register, line, ...SURVEY, '--format', 'json'));
  assert.equal(findings.length, 1);
  const csv = survey(register, line, ...SURVEY, '--format', 'csv').trim().split('\r\n');
  assert.equal(csv.length, 2);
  assert.ok(csv[1].startsWith(`B01,single_outlier,error,${findings[0].marker},`));
  const { features } = JSON.parse(survey(register, line, ...SURVEY, '--format', 'geojson'));
  assert.deepEqual(features[0].geometry.coordinates, findings[0].where);
  assert.match(survey(register, line, ...SURVEY), /B01 .*限差2\.0米[\s\S]*第353号/);
  // the same register in zone-prefixed eastings, and with Chinese headings
  const rows = readFileSync(register, 'utf8').trim().split('\r\n').map((row) => row.split(','));
  const heads = { code: '界桩号', agreed_x: '协议X', agreed_y: '协议Y', manager: '管理方' };
  const prefixed = rows.map((row, i) => (i === 0 ? row.map((name) => heads[name] ?? name)
    : row.map((cell, j) => (j === 2 || j === 5 ? String(Number(cell) + 40000000) : cell))));
  const path = join(folder, 'prefixed.csv');
  writeFileSync(path, prefixed.map((row) => row.join(',')).join('\n'));
  const again = JSON.parse(survey(path, line, ...SURVEY, '--crs', 'EPSG:4528', '--format', 'json'));
  assert.equal(again.findings.length, 1);
  near(again.findings[0].how_much_m, findings[0].how_much_m, 1e-4);
});

test('the report is a page with map, differences and a card a marker', (t) => {
  const folder = scratch(t);
  const page = join(folder, 'report.html');
  const [register, line] = sample(folder, 'single-outlier');
  writeFileSync(register, readFileSync(register, 'utf8').replace('合成 synthetic', '合成 <b>&'));
  const { findings } = JSON.parse(survey(register, line, ...SURVEY, '--format', 'json', '--report', page));
  const html = readFileSync(page, 'utf8');
  assert.equal(html.match(/<div class=card>/g).length, 28);
  assert.equal(html.match(/<svg /g).length, 2);
  assert.equal(html.match(/<circle /g).length, 28);
  assert.ok(html.includes(findings[0].message) && html.includes(findings[0].clause));
  assert.ok(html.includes('合成数据，仅供试用'));
  assert.ok(html.includes('合成 &lt;b&gt;&amp;') && !html.includes('<b>'));
  const { code, err } = run(['boundary', 'survey', register, ...SURVEY, '--report', join(folder, 'none', 'x.html')]);
  assert.equal(code, 4);
  assert.match(err, /cannot write/);
});

test('a register that cannot be read is refused with line and reason', (t) => {
  const folder = scratch(t);
  const [register] = sample(folder, 'clean');
  const file = (name, text) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const cases = [
    [2, /--crs is needed/, [register]],
    [2, /--plant is 'fog'/, null, ['sample', '--plant', 'fog']],
    [2, /a register is needed/, [...SURVEY]],
    [3, /no column 'code'/, [file('a.csv', 'a,b\n1,2\n'), ...SURVEY]],
    [3, /c\.csv:3: x: 'north' is not a coordinate/, [file('c.csv', 'code,x,y\n3133001Q,3400000,580000\n3133002Q,north,1\n'), ...SURVEY]],
    [3, /half a position/, [file('d.csv', 'code,x,y\n3133001Q,3400000,\n'), ...SURVEY]],
    [3, /agreed position: .*zone prefix/, [file('e.csv', 'code,agreed_x,agreed_y\n3133001Q,3400000,40580000\n'), ...SURVEY]],
    [3, /no line/, [register, file('f.geojson', '{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[121,30.7]}}'), ...SURVEY]],
    [4, /nowhere/, ['/nowhere.csv', ...SURVEY]],
  ];
  for (const [want, why, args, whole] of cases) {
    const { code, err } = run(['boundary', ...(whole ?? ['survey', ...args])]);
    assert.equal(code, want, `${why}: ${err}`);
    assert.match(err, why);
  }
});
