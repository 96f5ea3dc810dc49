// Test plan: the counties in the vector tiles of zooms 8 to 14 wherever two of
// them meet (a part of the tiles from 13 on), against the shipped borders. Every
// polygon is valid for GEOS. A vertex that two counties share in the data is a
// vertex of both in the tile, or lies on a straight edge there, to the unit: so
// nothing shows between them. Where the data of two neighbours do not overlap,
// neither do the tiles (the shipped borders of two provinces are of two sources
// and do overlap; that is data, and stays).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { VectorTile } from '@mapbox/vector-tile';
import initGeos from 'geos-wasm';
import Pbf from 'pbf';
import { startService } from './service.mjs';

const EXTENT = 4096, BUFFER = 64, COUNTY = 3;
const { features } = JSON.parse(readFileSync(fileURLToPath(new URL('../../data/boundaries/counties.geojson', import.meta.url)), 'utf8'));
const geos = await initGeos();

let service;
before(async () => { service = await startService(['--rate', '100000']); });
after(() => service.stop());

// ---- GEOS ----

function fromWkt(wkt) {
  const bytes = new TextEncoder().encode(wkt).length + 1;
  const text = geos.Module._malloc(bytes);
  geos.Module.stringToUTF8(wkt, text, bytes);
  const shape = geos.GEOSGeomFromWKT(text);
  geos.Module._free(text);
  assert.ok(shape, 'GEOS reads the shape');
  return shape;
}

const ringText = (ring) => `(${ring.map(([x, y]) => `${x} ${y}`).join(',')})`;
const shapeOf = (polygons) => fromWkt(`MULTIPOLYGON(${polygons.map((rings) => `(${rings.map(ringText).join(',')})`).join(',')})`);

// The area that two shapes have in common.
function overlap(a, b) {
  const common = geos.GEOSIntersection(a, b);
  const out = geos.Module._malloc(8);
  geos.GEOSArea(common, out);
  const area = geos.Module.getValue(out, 'double');
  geos.Module._free(out);
  geos.GEOSGeom_destroy(common);
  return area;
}

// ---- tiles ----

const project = ([lon, lat], z) => [(lon + 180) / 360, (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2].map((v) => v * 2 ** z * EXTENT);

const signedArea = (ring) => ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i][0] * y - x * ring[i][1], 0);

// The counties of a tile: {code, polygons, shape}.
async function countiesOf(z, x, y) {
  const answer = await fetch(`${service.url}/tiles/divisions/${z}/${x}/${y}.mvt`);
  if (answer.status === 204) return [];
  assert.equal(answer.status, 200);
  const layer = new VectorTile(new Pbf(Buffer.from(await answer.arrayBuffer()))).layers.divisions;
  const all = Array.from({ length: layer?.length ?? 0 }, (_, i) => layer.feature(i));
  return all.filter((feature) => feature.properties.level === COUNTY).map((feature) => {
    const polygons = [];
    for (const path of feature.loadGeometry()) {
      const ring = path.map((p) => [p.x, p.y]);
      if (signedArea(ring) > 0) polygons.push([ring]);
      else polygons.at(-1).push(ring);
    }
    return { code: feature.properties.code, polygons, shape: shapeOf(polygons) };
  });
}

// Four tiles of the next zoom for each tile where counties meet.
const below = (tiles) => tiles.flatMap(([x, y]) => [[2 * x, 2 * y], [2 * x + 1, 2 * y], [2 * x, 2 * y + 1], [2 * x + 1, 2 * y + 1]]);

// Which counties have a vertex near a unit of the zoom: "x,y" to a list of sets.
function ownersAt(z) {
  const owners = new Map(); // of each position in the data
  for (const { properties, geometry } of features)
    for (const at of geometry.coordinates.flat(2)) {
      const key = at.join();
      if (!owners.has(key)) owners.set(key, { at, codes: new Set() });
      owners.get(key).codes.add(properties.code);
    }
  const grid = new Map();
  for (const { at, codes } of owners.values()) {
    const [x, y] = project(at, z).map(Math.floor);
    for (let i = -1; i <= 1; i++)
      for (let k = -1; k <= 1; k++) {
        const key = `${x + i},${y + k}`;
        if (!grid.has(key)) grid.set(key, []);
        grid.get(key).push(codes);
      }
  }
  return grid;
}

const isOn = ([x, y], [[ax, ay], [bx, by]]) => (bx - ax) * (y - ay) === (by - ay) * (x - ax)
  && Math.min(ax, bx) <= x && x <= Math.max(ax, bx) && Math.min(ay, by) <= y && y <= Math.max(ay, by);

// Returns how many shared vertices were looked at.
function checkVertices(where, [tileX, tileY], counties, owners) {
  let count = 0;
  for (const county of counties) {
    county.vertices = new Set(county.polygons.flat(2).map((v) => v.join()));
    county.edges = county.polygons.flat().flatMap((ring) => ring.slice(1).map((v, i) => [ring[i], v]));
  }
  for (const a of counties)
    for (const v of a.polygons.flat(2)) {
      if (v.some((c) => c <= 1 - BUFFER || c >= EXTENT + BUFFER - 1)) continue; // where the tile is cut
      const known = owners.get(`${v[0] + tileX * EXTENT},${v[1] + tileY * EXTENT}`);
      assert.ok(known, `${where}: ${v} is no vertex of the data`);
      for (const b of counties) {
        if (b === a || !known.every((codes) => codes.has(a.code) && codes.has(b.code))) continue;
        count++;
        assert.ok(b.vertices.has(v.join()) || b.edges.some((edge) => isOn(v, edge)), `${where}: ${v} of ${a.code} is not on ${b.code}`);
      }
    }
  return count;
}

// Shapes of the data, in a tile's units, cut to it.
function dataShapes(z, [tileX, tileY], counties) {
  const [low, high] = [-BUFFER, EXTENT + BUFFER];
  const box = shapeOf([[[[low, low], [high, low], [high, high], [low, high], [low, low]]]]);
  const shapes = counties.map(({ code }) => {
    const { geometry } = features.find(({ properties }) => properties.code === code);
    const whole = shapeOf(geometry.coordinates.map((rings) => rings.map((ring) => ring.map((at) => {
      const [x, y] = project(at, z);
      return [x - tileX * EXTENT, y - tileY * EXTENT];
    }))));
    const part = geos.GEOSIntersection(whole, box);
    geos.GEOSGeom_destroy(whole);
    return part;
  });
  geos.GEOSGeom_destroy(box);
  return shapes;
}

// Returns how many pairs of neighbours do not overlap in the data.
function checkOverlaps(where, z, tile, counties) {
  const data = dataShapes(z, tile, counties);
  let agreeing = 0;
  counties.forEach((a, i) => counties.slice(0, i).forEach((b, k) => {
    // in the data's own digits neighbours overlap by a hair where they cross
    if (overlap(data[i], data[k]) > 1e-3) return;
    agreeing++;
    assert.equal(overlap(a.shape, b.shape), 0, `${where}: ${a.code} and ${b.code}`);
  }));
  for (const shape of data) geos.GEOSGeom_destroy(shape);
  return agreeing;
}

test('neighbouring counties share their vertices in the tiles; all polygons are valid', async () => {
  const most = { 12: 40, 13: 40, 14: 40 };
  let tiles = [];
  for (let x = 213; x <= 216; x++) for (let y = 103; y <= 106; y++) tiles.push([x, y]);
  for (let z = 8; z <= 14; z++) {
    const owners = ownersAt(z);
    const meeting = [];
    let [vertices, agreeing] = [0, 0];
    for (const tile of tiles) {
      if (meeting.length >= (most[z] ?? Infinity)) break;
      const counties = await countiesOf(z, ...tile);
      const where = `${z}/${tile.join('/')}`;
      for (const { code, shape } of counties) assert.equal(geos.GEOSisValid(shape), 1, `${where}: ${code}`);
      if (counties.length > 1) {
        meeting.push(tile);
        vertices += checkVertices(where, tile, counties, owners);
        agreeing += checkOverlaps(where, z, tile, counties);
      }
      for (const { shape } of counties) geos.GEOSGeom_destroy(shape);
    }
    assert.ok(vertices > 500, `${vertices} shared vertices at zoom ${z}`);
    assert.ok(agreeing > 3, `${agreeing} agreeing neighbours at zoom ${z}`);
    tiles = below(meeting);
  }
});
