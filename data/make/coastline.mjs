// coastline/coastline.geojson: the north shore of Hangzhou Bay, out of
// OpenStreetMap's coastline. A file of its own, under its own licence (ODbL).
import { readFileSync } from 'node:fs';
import { packageFile } from './files.mjs';

const PACKAGE = ['@geo-maps', 'countries-coastline-1m', 'map.geo.json'];
const NAME = '杭州湾北岸';

// From the east end of 奉贤区 to where the package's line leaves the shore of
// 海宁市 and crosses the river mouth. Both are vertices of the mainland's ring.
const EAST_END = [121.848939, 30.850322];
const WEST_END = [120.692266, 30.393871];

// The package's file is one country a line, 107 MB: only China's is parsed.
function chinaRings() {
  const lines = readFileSync(packageFile(...PACKAGE), 'utf8').split('\n');
  const line = lines.find((text) => text.includes('"A3":"CHN"'));
  return JSON.parse(line.replace(/,\s*$/, '')).geometry.coordinates.flat();
}

function shore() {
  const at = (ring, [x, y]) => ring.findIndex((point) => point[0] === x && point[1] === y);
  for (const ring of chinaRings()) {
    const [first, last] = [at(ring, EAST_END), at(ring, WEST_END)];
    if (first >= 0 && last > first) return ring.slice(first, last + 1);
  }
  throw new Error('the shore is not in the package');
}

export function makeCoastline() {
  const feature = {
    type: 'Feature',
    properties: { key: 'hangzhou-bay-north', name: NAME, kind: 'coast' },
    geometry: { type: 'LineString', coordinates: shore() },
  };
  return {
    path: 'coastline/coastline.geojson',
    text: `{"type":"FeatureCollection","features":[\n${JSON.stringify(feature)}\n]}\n`,
  };
}
