// Test plan: `diming boundary check` on the shipped schematic counties (drawn
// apart, so that they overlap): the overlap to 1 % of what SpatiaLite gives,
// 582,666 m2 in EPSG:4549; the same sides swapped and from two files; and what
// is refused: no --crs, no such code, no file, a file without areas.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
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
