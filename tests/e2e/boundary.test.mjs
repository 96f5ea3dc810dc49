// Test plan: `diming boundary check` on the shipped schematic counties (drawn
// apart, so that they overlap): the overlap to 1 % of what SpatiaLite gives,
// 582,666 m2 in EPSG:4549; the same sides swapped and from two files; and what
// is refused: no --crs, no such code, no file, a file without areas. The finer
// polygons, where they lie, share 57.04 km (skipped without them).
// Lines instead of areas; all formats, the drawing and the sheet read back by
// GDAL; limits of one's own; the report as PDF: pages, words, the same bytes.
// `boundary sample` and `survey`: each planted error comes back named, a clean
// register has no finding, in every format; and what is refused.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
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
    assert.match(finding.rule, /^B1[037]$/);
    assert.ok(finding.message && finding.message_en && finding.clause && finding.advice && finding.advice_en);
    if (finding.rule === 'B17') continue; // of a whole area
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
    [2, /--format xlsx needs --output/, [COUNTIES, COUNTIES, ...CRS, '--format', 'xlsx']],
    [2, /--format is 'pdf'/, [COUNTIES, COUNTIES, ...CRS, '--format', 'pdf']],
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
    object: 'object',
    course: 'course',
    distance: 'distance',
    topology: 'topology',
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
  assert.match(err, /cannot create/);
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

const PAIR = [COUNTIES, '--a-code', '330482', '--b-code', '310116', ...CRS];

function tool(name, ...args) {
  const { status, stdout, stderr, error } = spawnSync(name, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.ok(!error && status === 0, `${name}: ${error ?? stderr}`);
  return stdout;
}

test('every format says the same', (t) => {
  const folder = scratch(t);
  const { summary, findings, lines } = check(...PAIR);
  assert.equal(summary.findings_left_out, 0);
  assert.ok(lines.hausdorff_m >= lines.p95_m && lines.p95_m >= lines.mean_size_m);
  assert.equal(Math.max(lines.hausdorff_a_to_b_m, lines.hausdorff_b_to_a_m), lines.hausdorff_m);
  const out = (format, ...more) => {
    const { code, out: text, err } = run(['boundary', 'check', ...PAIR, '--format', format, ...more]);
    assert.equal(code, 0, err);
    return text;
  };
  const csv = out('csv').trim().split('\r\n');
  assert.equal(csv.length, findings.length + 1);
  assert.equal(csv[0].split(',').length, 14);
  const { features } = JSON.parse(out('geojson'));
  const areas = features.filter(({ properties }) => ['overlap', 'gap'].includes(properties.kind));
  assert.equal(areas.length, summary.overlap_count + summary.gap_count);
  assert.ok(areas.every(({ geometry }) => geometry.type === 'Polygon'));
  assert.deepEqual(features.filter(({ properties }) => properties.kind === 'line').map(({ properties }) => properties.side), ['a', 'b']);
  const sheet = join(folder, 'check.xlsx');
  assert.equal(out('xlsx', '--output', sheet), '');
  assert.match(tool('ogrinfo', '-so', '-al', sheet), new RegExp(`Feature Count: ${findings.length}\\b`));
  const drawing = join(folder, 'check.dxf');
  assert.equal(out('dxf', '--output', drawing), '');
  const dxf = tool('ogrinfo', '-al', '-geom=NO', drawing);
  for (const layer of ['LINE_A', 'LINE_B', 'OVERLAP', 'GAP', 'FINDING_ERROR']) assert.ok(dxf.includes(`= ${layer}\n`), layer);
  const extent = tool('ogrinfo', '-so', '-al', drawing).match(/Extent: \(([\d.]+), ([\d.]+)\)/);
  assert.ok(Number(extent[1]) > 5.9e5 && Number(extent[1]) < 6.3e5 && Number(extent[2]) > 3.39e6, 'x is east, y north');
});

test('two lines are compared without areas', (t) => {
  const folder = scratch(t);
  const file = (name, coordinates) => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } }));
    return path;
  };
  const a = file('a.geojson', [[590000, 3400000], [590400, 3400000], [591000, 3400000]]);
  const b = file('b.geojson', [[591000, 3400000], [590500, 3400007], [590000, 3400000]]); // the other way round
  const { lines, findings } = check(a, b, '--crs', 'EPSG:4549');
  assert.ok(Math.abs(lines.hausdorff_m - 7) < 0.01 && lines.mean_m > 3.4 && lines.mean_m < 3.6);
  assert.equal(findings.length, 1);
  assert.equal(findings[0].kind, 'stretch');
  assert.ok(findings[0].uncertainty_m > 1.4 && findings[0].uncertainty_m < 1.5);
  const loop = file('c.geojson', [[590000, 3400000], [590500, 3400001], [590500, 3400000.5], [590400, 3400002], [591000, 3400000]]);
  assert.ok(check(a, loop, '--crs', 'EPSG:4549').findings.some(({ kind, rule }) => kind === 'topology' && rule === 'B13'));
  const { code, err } = run(['boundary', 'check', a, COUNTIES, '--crs', 'EPSG:4549']);
  assert.notEqual(code, 0);
  assert.ok(err.length > 0);
});

test('limits of one\'s own change the judgement', (t) => {
  const folder = scratch(t);
  const ours = join(folder, 'ours.txt');
  writeFileSync(ours, '# ours\nwarn_m | 200 | m | A | 一致 | 协议\nerror_m | 300 | m | A | 错误 | 协议\n');
  const { basis, findings } = check(...PAIR, '--limits', ours);
  assert.equal(basis.warn_m, 200);
  assert.ok(findings.every(({ severity, kind }) => severity === 'info' || kind === 'invalid_area'));
  writeFileSync(ours, 'warm_m | 2 | m | A | x | y\n');
  const { code, err } = run(['boundary', 'check', ...PAIR, '--limits', ours]);
  assert.equal(code, 3);
  assert.match(err, /ours\.txt:1: no limit 'warm_m'/);
});

test('the report is a PDF that two sides can sign', (t) => {
  const folder = scratch(t);
  const [register, line] = sample(folder, 'single-outlier');
  const [, other] = sample(folder, 'clean', 4);
  const paths = [1, 2].map((i) => join(folder, `${i}.pdf`));
  for (const path of paths)
    survey(register, line, ...SURVEY, '--against', other, '--a-name', '上海市金山区', '--b-name', '浙江省平湖市', '--report', path);
  assert.ok(readFileSync(paths[0]).equals(readFileSync(paths[1])), 'the same bytes each time');
  const pages = Number(tool('pdfinfo', paths[0]).match(/Pages:\s+(\d+)/)[1]);
  assert.ok(pages >= 8 && pages <= 14, String(pages));
  const words = tool('pdftotext', '-layout', paths[0], '-').replaceAll(' ', '');
  for (const wanted of ['行政区域界线联合检查报告', '合成数据', '检查概况', '界线图', '双方界线之差', '检查意见', '双方确认', '单位（盖章）',
    '相邻界桩距离和方位角', '界桩登记卡', '限差及出处', '上海市金山区', '浙江省平湖市', `共${pages}页`, '界桩坐标不得公开'])
    assert.ok(words.includes(wanted), wanted);
  assert.ok(new Set(words.match(/界桩3133\d{3}[QAB]/g)).size >= 28);
  const public_ = join(folder, 'check.pdf');
  assert.equal(run(['boundary', 'check', ...PAIR, '--schematic', '--report', public_]).code, 0);
  assert.match(tool('pdftotext', public_, '-'), /示意数据，不作为划界依据/);
});

test('the other side\'s register is compared field by field', (t) => {
  const folder = scratch(t);
  const [register, line] = sample(folder, 'clean');
  const rows = readFileSync(register, 'utf8').trim().split('\r\n');
  const other = join(folder, 'other.csv');
  const changed = rows.map((row, i) => (i === 3 ? row.replace('完好', '破损') : row)).filter((_, i) => i !== 5);
  writeFileSync(other, changed.join('\r\n'));
  const { findings, legs } = JSON.parse(survey(register, line, ...SURVEY, '--other', other, '--format', 'json'));
  assert.deepEqual(findings.map(({ rule, kind, marker }) => `${rule} ${kind} ${marker}`).sort(),
    ['B11 registers_differ 3133003Q', 'B11 registers_differ 3133005Q']);
  assert.equal(legs.length, 27);
  for (const leg of legs) {
    assert.ok(leg.scale_ppm > 30 && leg.scale_ppm < 250, JSON.stringify(leg));
    assert.ok(leg.convergence_deg > 0.3 && leg.convergence_deg < 0.7, JSON.stringify(leg));
  }
});
