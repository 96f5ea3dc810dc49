// boundaries/counties.geojson: the schematic county polygons.
import { COUNTIES } from './area.mjs';
import { countyPolygons } from './echarts.mjs';
import { toWgs84 } from './gcj02.mjs';
import { counterclockwise, joined, largestSimpleRing } from './polygon.mjs';

const DECIMALS = 7;
const PASSES_MAX = 5;

const rounded = (ring) => ring.map((point) => point.map((v) => Number(v.toFixed(DECIMALS))));

// Rounding may make a simple ring touch itself again: repeat until it stays.
function settled(ring) {
  let now = rounded(ring);
  for (let pass = 0; pass < PASSES_MAX; pass++) {
    const next = rounded(counterclockwise(largestSimpleRing(now)));
    if (next.length === now.length) return next;
    now = next;
  }
  throw new Error('a ring does not settle');
}

// The county's polygons in CGCS2000, also used to place the towns. The package
// has no holes; small islands that the coarse grid lays over each other become
// one.
export function countyArea(code) {
  const rings = countyPolygons(code, COUNTIES.get(code)).map((polygon) => {
    if (polygon.length !== 1) throw new Error(`${code}: a hole was not expected`);
    return settled(polygon[0].map(toWgs84));
  });
  return joined(rings).map((ring) => [settled(ring)]);
}

function feature(code) {
  return {
    type: 'Feature',
    properties: { code, name: COUNTIES.get(code) },
    geometry: { type: 'MultiPolygon', coordinates: countyArea(code) },
  };
}

export function makeCounties() {
  const features = [...COUNTIES.keys()].map((code) => JSON.stringify(feature(code)));
  return {
    path: 'boundaries/counties.geojson',
    text: `{"type":"FeatureCollection","features":[\n${features.join(',\n')}\n]}\n`,
  };
}
