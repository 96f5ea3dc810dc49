// divisions/divisions.csv: names and codes of the area's divisions as history,
// one row for each code and span of a name.
import { csv } from './csv.mjs';
import { EDITIONS, readDivisions } from './editions.mjs';

const COLUMNS = ['code', 'name', 'kind', 'level', 'category', 'parent_code', 'valid_from', 'valid_to',
  'basis', 'status', 'statistical', 'first_edition', 'last_edition'];

// An entry of one edition that is no name: a note of the people who made the
// table. It keeps its own row, for the importer's check to refuse.
const NOTES = ['备注项'];

const isNote = (name) => NOTES.includes(name);

// The spans of a code's names: {name, first, last}, edition numbers, both
// inclusive. A note does not end the span of the name around it.
export function nameSpans({ names }) {
  const spans = [];
  let current = null;
  names.forEach((name, edition) => {
    const span = { name, first: edition, last: edition };
    if (name !== null && isNote(name)) {
      spans.push(span);
    } else if (name !== null && name === current?.name) {
      current.last = edition;
    } else {
      current = name === null ? null : span;
      if (current) spans.push(current);
    }
  });
  return spans;
}

function parentCode({ code, level }) {
  if (level === 1) return '';
  if (level === 5) return code.slice(0, 9);
  if (level === 4) return code.slice(0, 6);
  const province = code.slice(0, 2);
  return level === 2 || province === '31' ? province : code.slice(0, 4);
}

// A town code whose third digit from the end is 5 stands for an area that only
// statistics know, so does a 虚拟社区.
const isStatisticalTown = ({ code, level }) => level === 4 && code[6] === '5';
const isVirtual = ({ level, names }) => level === 5 && names.some((name) => name?.includes('虚拟社区'));
const isStatistical = (division) => isStatisticalTown(division) || isVirtual(division);

// GB/T 18521. A village code of 200 to 399 is a village committee, any other a
// residents' committee.
function category(division) {
  const { code, level } = division;
  if (level < 4) return [21200, 21300, 21400][level - 1];
  if (level === 4) return isStatisticalTown(division) ? 21730 : 21500;
  return ['2', '3'].includes(code[9]) ? 21610 : 21620;
}

const yearFrom = (edition) => (edition === 0 ? '' : EDITIONS[edition].year);
const yearTo = (edition) => EDITIONS[edition + 1]?.year ?? '';

function row(division, span, standard) {
  const valid = { valid_from: yearFrom(span.first), valid_to: yearTo(span.last) };
  return {
    code: division.code,
    name: span.name,
    kind: span === standard ? 'standard' : 'former',
    level: division.level,
    category: category(division),
    parent_code: parentCode(division),
    ...valid,
    basis: valid.valid_from || valid.valid_to ? 'edition' : '',
    status: division.names.at(-1) === null ? 'historical' : 'current',
    statistical: isStatistical(division) ? 1 : '',
    first_edition: EDITIONS[span.first].day,
    last_edition: EDITIONS[span.last].day,
  };
}

// The standard name first, then the former ones from old to new.
function rowsOf(division) {
  const spans = nameSpans(division);
  const standard = spans.filter((span) => !isNote(span.name)).at(-1);
  return [standard, ...spans.filter((span) => span !== standard)].map((span) => row(division, span, standard));
}

export function makeDivisions() {
  return { path: 'divisions/divisions.csv', text: csv(COLUMNS, readDivisions().flatMap(rowsOf)) };
}
