// divisions/changes_editions.csv: how divisions became others, as far as two
// neighbouring yearly editions prove it.
//
// A village that left the table is the village that came into it under another
// code when both have the same name in the same county, in the same pair of
// editions, and no other does. A town that left the table went to the town that
// has (nearly) all its villages, known by name, in the next edition.
import { csv } from './csv.mjs';
import { EDITIONS, readDivisions } from './editions.mjs';

const COLUMNS = ['key', 'kind', 'date', 'basis', 'from_code', 'to_code', 'from_name', 'to_name', 'note'];
const MOST = 0.8; // of a town's villages
const MIN_VILLAGES = 3;

const BODIES = [
  [/(村民委员会|村委会)$/, '村委会'],
  [/(社区居民委员会|社区居委会|居民委员会|居委会|社区)$/, '居委会'],
];

// The name without the many ways to write the body's own name.
function plain(name) {
  for (const [pattern, body] of BODIES)
    if (pattern.test(name)) return name.replace(pattern, '').replace(/村$/, '') + body;
  return name;
}

const stem = (town) => town.replace(/(街道|镇|乡|社区)$/, '');

// What left, and what came, between two editions.
function turnover(divisions, edition) {
  const before = (d) => d.names[edition - 1];
  const after = (d) => d.names[edition];
  return {
    gone: divisions.filter((d) => before(d) !== null && after(d) === null),
    come: divisions.filter((d) => before(d) === null && after(d) !== null),
  };
}

function groupBy(list, keyOf) {
  const groups = new Map();
  for (const item of list) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

// Pairs of villages with one name, each the only one that it can be.
function sameVillages({ gone, come }, edition) {
  const villages = (list, at) =>
    groupBy(list.filter((d) => d.level === 5), (d) => `${d.code.slice(0, 6)} ${plain(d.names[at])}`);
  const right = villages(come, edition);
  return [...villages(gone, edition - 1)]
    .filter(([name, list]) => list.length === 1 && right.get(name)?.length === 1)
    .map(([name, [from]]) => ({ from, to: right.get(name)[0] }));
}

// Where a town that left went: the town with most of its villages.
function townChange(town, pairs, villages, divisions, edition) {
  const all = villages.filter((v) => v.code.startsWith(town.code) && v.names[edition - 1] !== null).length;
  const mine = pairs.filter(({ from }) => from.code.startsWith(town.code));
  const [best, list] = [...groupBy(mine, ({ to }) => to.code.slice(0, 9))]
    .sort((a, b) => b[1].length - a[1].length)[0] ?? [null, []];
  const count = list.length;
  if (count < MIN_VILLAGES || count < MOST * all) return null;
  const to = divisions.find((d) => d.code === best);
  const isSame = to.names[edition - 1] === null && stem(to.names[edition]) === stem(town.names[edition - 1]);
  return {
    kind: isSame ? 'upgrade' : 'merge',
    from: town,
    to,
    note: `前一版中其${all}个村（居），有${count}个在本版中以同名归入后者`,
  };
}

function villageChange({ from, to }, towns) {
  const parent = towns.find((t) => t.kind === 'upgrade' && from.code.startsWith(t.from.code));
  const stays = to.code.slice(0, 9) === (parent ? parent.to.code : from.code.slice(0, 9));
  const note = stays ? '相邻两版中同名、唯一：代码变更' : '相邻两版中同名、唯一：改属另一乡级单位';
  return { kind: stays ? 'recode' : 'transfer', from, to, note };
}

function row({ kind, from, to, note }, edition) {
  const { year, day } = EDITIONS[edition];
  return {
    key: `${year}-${from.code}-${to.code}`,
    kind,
    date: year,
    basis: 'edition',
    from_code: from.code,
    to_code: to.code,
    from_name: from.names[edition - 1],
    to_name: to.names[edition],
    note: `${note}（首见于${day}版）`,
  };
}

function changesOf(divisions, edition) {
  const villages = divisions.filter((d) => d.level === 5);
  const moved = turnover(divisions, edition);
  const pairs = sameVillages(moved, edition);
  const towns = moved.gone
    .filter((d) => d.level === 4)
    .map((town) => townChange(town, pairs, villages, divisions, edition))
    .filter((change) => change !== null);
  const all = [...towns, ...pairs.map((pair) => villageChange(pair, towns))];
  return all.map((change) => row(change, edition));
}

export function makeEditionChanges() {
  const divisions = readDivisions();
  const rows = EDITIONS.slice(1).flatMap((_, i) => changesOf(divisions, i + 1));
  return { path: 'divisions/changes_editions.csv', text: csv(COLUMNS, rows) };
}
