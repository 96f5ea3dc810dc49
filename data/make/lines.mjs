// boundaries/lines.geojson: the schematic line between Jinshan and Pinghu.
//
// It is the part of Pinghu's schematic area that runs along Jinshan's, from
// west to east: for showing only. The two areas were drawn apart (they overlap
// in places by some hundred metres), so Pinghu's edge stands for both.
import { countyArea } from './counties.mjs';

const OURS = '330482';
const THEIRS = '310116';
const NEAR_M = 400;
const METRES_A_DEGREE = 111320;

const flat = ([lon, lat]) => [lon * METRES_A_DEGREE * Math.cos((lat * Math.PI) / 180), lat * METRES_A_DEGREE];

function distance(point, a, b) {
  const [px, py] = flat(point);
  const [ax, ay] = flat(a);
  const [bx, by] = flat(b);
  const square = (bx - ax) ** 2 + (by - ay) ** 2;
  const t = square > 0 ? Math.min(Math.max(((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / square, 0), 1) : 0;
  return Math.hypot(px - ax - t * (bx - ax), py - ay - t * (by - ay));
}

const largest = (rings) => rings.reduce((best, ring) => (ring.length > best.length ? ring : best));

// The longest run of vertices that are near the other ring; both are closed.
function longestRun(ring, isNear) {
  const points = ring.slice(0, -1);
  let best = [];
  for (let start = 0; start < points.length; start++) {
    if (!isNear[start] || isNear[(start + points.length - 1) % points.length]) continue;
    const run = [];
    for (let i = start; isNear[i % points.length] && run.length < points.length; i++) run.push(points[i % points.length]);
    if (run.length > best.length) best = run;
  }
  return best;
}

export function makeLines() {
  const [ours, theirs] = [OURS, THEIRS].map((code) => largest(countyArea(code).map(([ring]) => ring)));
  const isNear = ours.slice(0, -1).map((point) => theirs.some((at, i) => i > 0 && distance(point, theirs[i - 1], at) <= NEAR_M));
  let line = longestRun(ours, isNear);
  if (line[0][0] > line[line.length - 1][0]) line = line.reverse();
  const feature = {
    type: 'Feature',
    properties: {
      key: `${THEIRS}-${OURS}`, code: `${THEIRS}-${OURS}`, name: '沪浙线金山—平湖段（示意）', kind: 'boundary', level: '1', left: THEIRS, right: OURS,
    },
    geometry: { type: 'LineString', coordinates: line },
  };
  return {
    path: 'boundaries/lines.geojson',
    text: `{"type":"FeatureCollection","features":[\n${JSON.stringify(feature)}\n]}\n`,
  };
}
