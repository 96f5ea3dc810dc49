// Test plan: GEOS 3.13 (geos-wasm) as the oracle of `diming boundary check`,
// which is built on GEOS 3.11 and has no coverage validation of its own. The
// shipped counties: overlap to 1 % in an equal-area projection. Twenty-four
// seeded pairs of sides with one thing planted (nothing, a T vertex, an overlap, a
// narrow gap): GEOSCoverageIsValid and we agree whether the pair is a coverage,
// and we name what is wrong; areas and the Hausdorff distance of the two lines
// within a centimetre of GEOS'.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import initGeos from 'geos-wasm';
import { run, scratch } from './service.mjs';

const COUNTIES = fileURLToPath(new URL('../../data/boundaries/counties.geojson', import.meta.url));
const geos = await initGeos();

function fromWkt(wkt) {
  const bytes = new TextEncoder().encode(wkt).length + 1;
  const text = geos.Module._malloc(bytes);
  geos.Module.stringToUTF8(wkt, text, bytes);
  const shape = geos.GEOSGeomFromWKT(text);
  geos.Module._free(text);
  assert.ok(shape, 'GEOS reads the shape');
  return shape;
}

function number(call) {
  const out = geos.Module._malloc(8);
  assert.equal(call(out), 1);
  const value = geos.Module.getValue(out, 'double');
  geos.Module._free(out);
  return value;
}

const area = (shape) => number((out) => geos.GEOSArea(shape, out));
const ringText = (ring) => `(${ring.map(([x, y]) => `${x} ${y}`).join(',')})`;
const polygonWkt = (polygons) => `MULTIPOLYGON(${polygons.map((rings) => `(${rings.map(ringText).join(',')})`).join(',')})`;

function check(...args) {
  const { code, out, err } = run(['boundary', 'check', ...args, '--format', 'json']);
  assert.equal(code, 0, err);
  return JSON.parse(out);
}

// Lambert's cylindrical equal-area projection of the ellipsoid of CGCS2000.
function equalArea([lon, lat]) {
  const [a, f] = [6378137, 1 / 298.257222101];
  const e = Math.sqrt(f * (2 - f));
  const s = Math.sin((lat * Math.PI) / 180);
  const q = (1 - e * e) * (s / (1 - e * e * s * s) - Math.log((1 - e * s) / (1 + e * s)) / (2 * e));
  return [(a * lon * Math.PI) / 180, (a * q) / 2];
}

test('the shipped counties overlap by what GEOS 3.13 says, to 1 %', () => {
  const { features } = JSON.parse(readFileSync(COUNTIES, 'utf8'));
  const [pinghu, jinshan] = ['330482', '310116'].map((code) => {
    const { geometry } = features.find(({ properties }) => properties.code === code);
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    return fromWkt(polygonWkt(polygons.map((rings) => rings.map((ring) => ring.map(equalArea)))));
  });
  const want = area(geos.GEOSIntersection(pinghu, jinshan));
  assert.ok(want > 5e5 && want < 6.5e5, String(want));
  const { summary } = check(COUNTIES, '--a-code', '330482', '--b-code', '310116', '--crs', 'EPSG:4490');
  assert.ok(Math.abs(summary.overlap_area_m2 - want) <= 0.01 * want, `${summary.overlap_area_m2} and ${want}`);
  assert.ok(Math.abs(summary.area_a_m2 - area(pinghu)) <= 1e-4 * area(pinghu));
});

// ---- planted pairs, in the plane of EPSG:4549 ----

function dice(seed) {
  let state = seed * 2654435761 % 4294967296;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

const ORIGIN = [590000, 3400000];
const move = ([x, y]) => [ORIGIN[0] + x, ORIGIN[1] + y];

// A line of 12 vertices from west to east; side A north of it, side B south.
function pair(seed, plant) {
  const roll = dice(seed);
  const line = Array.from({ length: 12 }, (_, i) => [i * 100, i > 0 && i < 11 ? Math.round(roll() * 400) / 10 : 0]);
  const at = 2 + Math.floor(roll() * 8);
  const size = 2.5 + Math.round(roll() * 50) / 10;
  const other = line.map((point) => [...point]);
  if (plant === 'vertex') other.splice(at, 0, [(line[at - 1][0] + line[at][0]) / 2, (line[at - 1][1] + line[at][1]) / 2]);
  if (plant === 'overlap') other[at][1] += size;
  if (plant === 'gap') other[at][1] -= size;
  const a = [[...line, [1100, 900], [0, 900], line[0]].map(move)];
  const b = [[...other, [1100, -900], [0, -900], other[0]].map(move)];
  return { a, b, lines: [line.map(move), other.map(move)] };
}

function isCoverage(a, b) {
  const shape = fromWkt(`GEOMETRYCOLLECTION(POLYGON(${ringText(a[0])}),POLYGON(${ringText(b[0])}))`);
  return geos.GEOSCoverageIsValid(shape, 20, 0) === 1;
}

// Survey columns say X north; a GeoJSON of a plane has x east.
function write(folder, name, geometry) {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry }] }));
  return path;
}

test('GEOS and we agree what is a coverage', (t) => {
  const folder = scratch(t);
  const names = { same: null, vertex: 'unmatched_vertex', overlap: 'overlap', gap: 'gap' };
  for (let seed = 1; seed <= 24; seed++) {
    const plant = Object.keys(names)[seed % 4];
    const { a, b, lines } = pair(seed, plant);
    const files = [a, b].map((rings, i) => write(folder, `${seed}${'ab'[i]}.geojson`, { type: 'Polygon', coordinates: rings }));
    const { summary, findings, lines: along } = check(...files, '--crs', 'EPSG:4549');
    const own = summary.overlap_count + summary.gap_count + summary.unmatched_vertices === 0;
    assert.equal(own, isCoverage(a, b), `${plant} ${seed}`);
    if (names[plant]) assert.ok(findings.some(({ kind }) => kind === names[plant]), `${plant} ${seed}`);
    const [one, two] = lines.map((line) => fromWkt(`LINESTRING${ringText(line)}`));
    const want = number((out) => geos.GEOSHausdorffDistanceDensify(one, two, 0.001, out));
    assert.ok(Math.abs(along.hausdorff_m - want) <= 0.2 + 0.05 * want, `${plant} ${seed}: ${along.hausdorff_m} and ${want}`);
    assert.ok(along.hausdorff_m >= want - 0.002, `${plant} ${seed}: GEOS samples, so it cannot find more`);
    if (plant === 'overlap') {
      const both = area(geos.GEOSIntersection(fromWkt(`POLYGON(${ringText(a[0])})`), fromWkt(`POLYGON(${ringText(b[0])})`)));
      assert.ok(Math.abs(summary.overlap_area_m2 - both) <= 0.001 * both, `${seed}: ${summary.overlap_area_m2} and ${both}`);
    }
  }
});
