// compare.mjs - ours and the peers in one run, as one table.
//
//     node tests/bench/peers/compare.mjs BUILD-FOLDER [--no-pyramid]
//
// A peer that is not installed is skipped with the reason.
import { cpus, loadavg, tmpdir } from 'node:os';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ZOOMS, has, readTiles, run } from './town.mjs';
import { mapserver } from './mapserver.mjs';
import { mapnik } from './mapnik.mjs';
import { postgis } from './postgis.mjs';
import { warm } from './warm.mjs';

const LAYERS = ['places', 'buildings', 'roads', 'divisions'];
const WANTED = { png: { 12: [6, 10], 15: [2, 10] }, mvt: { 12: [2, 4], 14: [0.4, 4] } };

// One GeoPackage, and Shapefiles in EPSG:3857 for those that read them faster.
function convert(folder) {
  mkdirSync(join(folder, 'shp'));
  for (const layer of LAYERS) {
    const lines = `GeoJSONSeq:${join(folder, `${layer}.geojsonl`)}`;
    const again = layer === LAYERS[0] ? [] : ['-update'];
    run('ogr2ogr', ['-f', 'GPKG', ...again, '-nln', layer, join(folder, 'town.gpkg'), lines]);
    run('ogr2ogr', ['-f', 'ESRI Shapefile', '-nln', layer, '-t_srs', 'EPSG:3857', '-lco', 'ENCODING=UTF-8',
      '-lco', 'SPATIAL_INDEX=YES', join(folder, 'shp', `${layer}.shp`), lines]);
  }
}

function ourRows(folder) {
  return readFileSync(join(folder, 'ours.csv'), 'utf8').trim().split('\n').map((line) => {
    const [what, z, ms, kb] = line.split(',');
    return { peer: 'Diming', what, z: Number(z), ms: Number(ms), kb: Number(kb) };
  });
}

function table(rows, what, title) {
  const mine = rows.filter((row) => row.what === what);
  const peers = [...new Set(mine.map((row) => row.peer))];
  const at = (peer, z) => mine.find((row) => row.peer === peer && row.z === z);
  console.log(`\n| ${title}, ms (KB) | ${ZOOMS.map((z) => `z${z}`).join(' | ')} |\n|---|${'---|'.repeat(ZOOMS.length)}`);
  for (const peer of peers)
    console.log(`| ${peer} | ${ZOOMS.map((z) => `${at(peer, z).ms.toFixed(2)} (${at(peer, z).kb.toFixed(0)})`).join(' | ')} |`);
  const best = (z) => Math.min(...peers.filter((peer) => peer !== 'Diming').map((peer) => at(peer, z).ms));
  if (peers.length > 1)
    console.log(`| **best peer / Diming** | ${ZOOMS.map((z) => (best(z) / at('Diming', z).ms).toFixed(1)).join(' | ')} |`);
  for (const [z, [ms, ratio]] of Object.entries(WANTED[what])) {
    const ours = at('Diming', Number(z)).ms;
    const times = peers.length > 1 ? best(Number(z)) / ours : NaN;
    console.log(`wanted at z${z}: <= ${ms} ms ${ours <= ms ? 'met' : 'MISSED'} (${ours.toFixed(2)}), `
      + `>= ${ratio} times the best peer ${Number.isNaN(times) ? 'no peer' : times >= ratio ? 'met' : 'MISSED'} (${times.toFixed(1)})`);
  }
}

// All vector tiles of z10 to z16: GDAL's MVT driver.
function gdalPyramid(folder) {
  if (!has('ogr2ogr')) return console.log('GDAL: skipped, gdal-bin is not installed');
  const out = join(folder, 'gdal.mbtiles');
  const begun = process.hrtime.bigint();
  run('ogr2ogr', ['-f', 'MVT', '-dsco', 'FORMAT=MBTILES', '-dsco', 'MINZOOM=10', '-dsco', 'MAXZOOM=16', '-dsco', 'BUFFER=64',
    out, join(folder, 'town.gpkg')], { env: { ...process.env, GDAL_NUM_THREADS: '2' } });
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  console.log(`GDAL MVT to MBTiles, z10-16: ${seconds.toFixed(1)} s, ${(statSync(out).size / 1e6).toFixed(1)} MB`);
}

async function compare(build, options) {
  const folder = mkdtempSync(join(tmpdir(), 'diming-peers-'));
  try {
    console.log(`machine: ${cpus().length} cores, ${cpus()[0].model}; load ${loadavg()[0].toFixed(1)} at the beginning`);
    run(join(build, 'tile_peers'), [folder]);
    convert(folder);
    const tiles = readTiles(folder);
    const rows = ourRows(folder);
    for (const [name, peer] of Object.entries({ MapServer: mapserver, Mapnik: mapnik, PostGIS: postgis })) {
      const made = await peer(folder, tiles);
      if (made.skipped) console.log(`${name}: skipped, ${made.skipped}`);
      else rows.push(...made.rows);
    }
    table(rows, 'png', 'PNG 256, cold, one worker');
    table(rows, 'mvt', 'MVT, cold, one worker');
    const memory = rows.find((row) => row.what === 'memory');
    console.log(`\nmemory of features, scenes of z12-16 and atlas: ${(memory.kb / 1000).toFixed(0)} MB`);
    if (!options.includes('--no-pyramid')) gdalPyramid(folder);
    await warm(build);
    console.log(`load ${loadavg()[0].toFixed(1)} at the end`);
  } finally {
    if (!process.env.PEER_PICTURES) rmSync(folder, { recursive: true, force: true });
    else console.log(folder);
  }
}

const [build, ...options] = process.argv.slice(2);
await compare(resolve(build ?? 'build/release'), options);
