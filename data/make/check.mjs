// Checks what load.txt names, without the packages: columns, unique keys, codes
// that are spoken of, dates, words. Prints each fault; exit 1 when there is one.
import { parseCsv } from './csv.mjs';
import { readData } from './files.mjs';

const WORDS = {
  kind: {
    place: ['standard', 'former', 'alias', 'short', 'variant', 'official'],
    change: ['rename', 'merge', 'split', 'transfer', 'upgrade', 'abolish', 'establish', 'recode'],
    line: ['coast', 'boundary', 'road'],
  },
  basis: ['edition', 'document'],
  status: ['current', 'planned', 'historical'],
  grade: ['A', 'B'],
};
const LINKS = ['parent_code', 'subject', 'from_code', 'to_code'];
const DATES = ['valid_from', 'valid_to', 'date'];
const MUST = { claim: ['subject', 'property', 'value', 'source_title', 'grade'], change: ['kind', 'date', 'basis'] };

const known = new Set(); // codes and record keys so far
let faults = 0;

function fault(path, row, text) {
  faults++;
  console.log(`${path} row ${row}: ${text}`);
}

const rowsOf = (path) => (path.endsWith('.csv')
  ? parseCsv(readData(path))
  : JSON.parse(readData(path)).features.map((feature) => feature.properties));

// A row as the importer sees it: target fields instead of columns.
function mapped(row, { columns, values = {} }) {
  const fields = Object.entries(columns).map(([target, column]) => [target, String(row[column] ?? '')]);
  return { ...values, ...Object.fromEntries(fields) };
}

function isDate(text) {
  const [, year, month, day] = /^(\d{3,4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? [];
  if (!year) return false;
  const date = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
  return date.getUTCMonth() === (month ?? 1) - 1 && date.getUTCDate() === Number(day ?? 1);
}

function wordsOf(field, entry) {
  const words = WORDS[field];
  return Array.isArray(words) ? words : words?.[entry];
}

function checkFields(path, n, fields, entry) {
  for (const [field, value] of Object.entries(fields)) {
    const words = wordsOf(field, entry);
    if (value && words && !words.includes(value)) fault(path, n, `${field} '${value}'`);
    if (value && LINKS.includes(field) && !known.has(value)) fault(path, n, `${field} '${value}' is not known`);
    if (value && DATES.includes(field) && !isDate(value)) fault(path, n, `${field} '${value}' is no date`);
  }
  for (const field of MUST[entry] ?? [])
    if (!fields[field]) fault(path, n, `${field} is empty`);
  if (fields.valid_from && fields.valid_to && fields.valid_from >= fields.valid_to)
    fault(path, n, 'valid_to is not after valid_from');
}

function checkFile(path) {
  const map = JSON.parse(readData(`${path}.map.json`));
  const keys = new Set();
  rowsOf(path).forEach((row, i) => {
    const n = i + 2;
    const fields = mapped(row, map);
    const key = map.key.map((column) => row[column]).join('|');
    if (keys.has(key)) fault(path, n, `key '${key}' is there twice`);
    keys.add(key);
    for (const column of [...map.key, ...Object.values(map.columns)])
      if (!(column in row)) fault(path, n, `no column '${column}'`);
    checkFields(path, n, fields, map.entry);
    if (map.entry !== 'place' || fields.subject) return;
    known.add(key);
    if (fields.code) known.add(fields.code);
  });
  console.log(`${path}: ${keys.size} rows`);
}

const isPath = (line) => line !== '' && !line.startsWith('#');
readData('load.txt').split('\n').filter(isPath).forEach(checkFile);
console.log(faults === 0 ? 'no faults' : `${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;
