// Makes the files of data/ that come from packages, byte for byte the same each
// time. `--check` compares instead of writing and fails on a difference.
import { put } from './files.mjs';
import { makeCoastline } from './coastline.mjs';
import { makeCounties } from './counties.mjs';
import { makeDivisions } from './divisions.mjs';
import { makeEditionChanges } from './changes.mjs';
import { makeLines } from './lines.mjs';
import { makeTownPositions } from './towns.mjs';

const check = process.argv.includes('--check');
let differing = 0;
for (const make of [makeDivisions, makeEditionChanges, makeCounties, makeLines, makeTownPositions, makeCoastline]) {
  const { path, text } = make();
  const good = put(path, text, check);
  if (!good) differing++;
  console.log(`${good ? (check ? 'same' : 'made') : 'DIFFERS'}  data/${path}`);
}
process.exitCode = differing > 0 ? 1 : 0;
