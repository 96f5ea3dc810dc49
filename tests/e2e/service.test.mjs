// Test plan: the running service answers what the shipped data knows: the
// acceptance questions, errors as RFC 9457, batch equal to single calls, tiles
// that real clients read, a clean end.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { VectorTile } from '@mapbox/vector-tile';
import Pbf from 'pbf';
import { ask, labels, names, scratch, startService } from './service.mjs';

let service;
before(async () => { service = await startService(); });
after(async () => {
  const { code } = await service.stop();
  assert.equal(code, 0, 'SIGTERM ends the service in order');
});

const get = (path, parameters) => ask(service.url, path, parameters);

test('an address finds the exhibition site', async () => {
  const { body } = await get('/v1/geocode', { q: '平湖市新仓镇朝阳路158号' });
  const [first] = body.features;
  assert.equal(first.properties.match, 'exact');
  assert.match(first.properties.label, /^浙江省嘉兴市平湖市新仓镇朝阳路158号/);
  assert.match(JSON.stringify(first.properties), /新仓经验/);
  assert.equal(first.properties.position.method, 'inherited');
  assert.ok(first.properties.position.accuracy_m >= 1000, 'a town position is not a door');
});

test('an abolished town answers its successor, with the reason', async () => {
  const { body } = await get('/v1/geocode', { q: '黄姑镇' });
  assert.equal(body.features[0].properties.name, '独山港镇');
  assert.match(JSON.stringify(body.features[0].properties.reasons), /黄姑镇/);
  const then = await get('/v1/geocode', { q: '黄姑镇', at: '2005-01-01' });
  assert.equal(then.body.features[0].properties.name, '黄姑镇');
});

test('one name in two provinces gives both; a town leaves one', async () => {
  const both = await get('/v1/geocode', { q: '山塘村' });
  const counties = both.body.features.filter((f) => f.properties.name === '山塘村').map((f) => f.properties.geocoding.county).sort();
  assert.deepEqual(counties, ['平湖市', '金山区']);
  for (const [town, county] of [['廊下', '金山区'], ['廊下镇', '金山区'], ['广陈', '平湖市'], ['广陈镇', '平湖市']]) {
    const { body } = await get('/v1/geocode', { q: `${town}山塘村` });
    assert.equal(body.features.length, 1, town);
    assert.equal(body.features[0].properties.geocoding.county, county);
  }
});

test('reverse answers the right county on both sides of the line', async () => {
  const { body } = await get('/v1/boundaries');
  const line = body.features.find((f) => f.properties.code === '310116-330482');
  assert.equal(line.properties.schematic, true);
  const parts = line.geometry.type === 'LineString' ? [line.geometry.coordinates] : line.geometry.coordinates;
  const long = parts.sort((a, b) => b.length - a.length)[0];
  const areas = body.features.filter((f) => /Polygon$/.test(f.geometry.type));
  let asked = 0;
  for (let i = 1; i < long.length - 1; i += Math.max(1, Math.floor(long.length / 12))) {
    for (const [dx, dy] of [[0.004, 0], [-0.004, 0], [0, 0.004], [0, -0.004]]) {
      const point = [long[i][0] + dx, long[i][1] + dy];
      const holders = areas.filter((area) => holds(area.geometry, point));
      if (holders.length !== 1) continue; // the schematic areas overlap by 100 m
      const answer = await get('/v1/reverse', { lon: point[0], lat: point[1] });
      assert.equal(answer.body.features[0].properties.geocoding.county, holders[0].properties.name, point.join());
      asked++;
    }
  }
  assert.ok(asked >= 20, `asked ${asked}`);
});

function holds(geometry, [x, y]) {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  let inside = false;
  for (const ring of polygons.flat())
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++)
      if (ring[i][1] > y !== ring[j][1] > y &&
          x < ((ring[j][0] - ring[i][0]) * (y - ring[i][1])) / (ring[j][1] - ring[i][1]) + ring[i][0]) inside = !inside;
  return inside;
}

test('suggest understands pinyin, initials and characters', async () => {
  for (const q of ['zhap', 'zhapu', 'Zhàpǔ', '乍', '乍浦'])
    assert.ok(names((await get('/v1/suggest', { q })).body).includes('乍浦镇'), q);
});

test('search knows romanisation, former names and codes', async () => {
  for (const q of ['zhapu', 'Zhàpǔ', 'zpz', '330482101'])
    assert.equal(names((await get('/v1/search', { q })).body)[0], '乍浦镇', q);
  assert.ok(names((await get('/v1/search', { q: '建中村' })).body).includes('衙前村'));
});

test('the village shows its former name until 2017', async () => {
  const found = await get('/v1/divisions/330482108217');
  const place = await get(`/v1/places/${found.body.id}`);
  const former = place.body.properties.names.find((name) => name.text === '建中村');
  assert.equal(place.body.properties.name, '衙前村');
  assert.equal(former.kind, 'former');
  assert.equal(former.valid_to, '2017');
});

test('the placeholder of the 2022 edition is not a name', async () => {
  const { body } = await get('/v1/search', { q: '备注项' });
  assert.deepEqual(names(body), []);
  const place = await get('/v1/divisions/310116001031');
  assert.match(place.body.properties.name, /桥园新村/);
});

test('conflicting accounts stand side by side, sites of other districts elsewhere', async () => {
  const { body } = await get('/v1/heritage');
  const fort = body.features.find((f) => f.properties.name === '天妃宫炮台');
  const text = JSON.stringify(fort.properties.claims);
  assert.match(text, /1717/);
  assert.match(text, /1729/);
  for (const [name, county] of [['枫泾暴动指挥所旧址', '松江区'], ['小蒸农民暴动指挥所旧址', '青浦区']]) {
    const site = body.features.find((f) => f.properties.name.startsWith(name.slice(0, 4)) && f.properties.name.includes('指挥所'));
    assert.ok(site.properties.division.some((part) => part.name === county), name);
  }
  for (const feature of body.features)
    assert.ok(feature.properties.claims.every((claim) => ['A', 'B'].includes(claim.grade) && claim.source_title));
});

test('errors are problem details that name what is wrong', async () => {
  for (const [path, parameters, status, word] of [
    ['/v1/geocode', {}, 400, 'q'],
    ['/v1/geocode', { q: '平湖', limit: 'many' }, 400, 'limit'],
    ['/v1/geocode', { q: '平湖', at: '2017-02-30' }, 400, 'at'],
    ['/v1/geocode', { q: '平湖', colour: 'red' }, 400, 'colour'],
    ['/v1/reverse', { lon: '30.7', lat: '121' }, 400, 'lat'],
    ['/v1/places/nothing', {}, 400, 'id'],
    ['/v1/places/0000000000001', {}, 404, ''],
    ['/v1/nowhere', {}, 404, ''],
  ]) {
    const { status: got, headers, body } = await get(path, parameters);
    assert.equal(got, status, path);
    assert.match(headers.get('content-type'), /application\/problem\+json/);
    assert.equal(body.status, status);
    assert.ok(JSON.stringify(body).includes(word), `${JSON.stringify(body)} names ${word}`);
  }
});

test('batch gives the answers of single calls, and keeps the columns', async () => {
  const texts = ['平湖市新仓镇朝阳路158号', '黄姑镇', '广陈镇山塘村', '完全不存在的地方xyz'];
  const csv = `id,address,note\n${texts.map((text, i) => `${i},${text},"a, ""b"""`).join('\n')}\n`;
  const answer = await fetch(new URL('/v1/batch', service.url), { method: 'POST', body: csv, headers: { 'content-type': 'text/csv' } });
  assert.equal(answer.status, 200);
  const lines = (await answer.text()).trim().split(/\r?\n/);
  assert.equal(lines.length, texts.length + 1);
  assert.match(lines[0], /^id,address,note,/);
  for (const [index, text] of texts.entries()) {
    assert.ok(lines[index + 1].startsWith(`${index},${text},"a, ""b""",`), lines[index + 1]);
    const single = await get('/v1/geocode', { q: text, limit: 1 });
    const [label] = labels(single.body);
    if (label) assert.ok(lines[index + 1].includes(label), `${text}: ${lines[index + 1]} has ${label}`);
  }
});

test('parse cuts at the elements, in code points', async () => {
  const { body } = await get('/v1/parse', { q: '浙江省嘉兴市平湖市新仓镇朝阳路158号' });
  const parts = body.elements.map((element) => [element.label, element.text]);
  assert.deepEqual(parts, [['prov', '浙江省'], ['city', '嘉兴市'], ['district', '平湖市'], ['town', '新仓镇'], ['road', '朝阳路'], ['roadno', '158号']]);
  assert.equal(body.elements[5].start, 15);
});

// Twice the signed area of a ring, positive when it is an outer one (MVT 2.1).
function ringArea(ring) {
  return ring.reduce((sum, { x, y }, i) => sum + x * ring[(i + 1) % ring.length].y - ring[(i + 1) % ring.length].x * y, 0);
}

test('tiles: a PNG, an MVT that @mapbox/vector-tile reads, 304 on the same ETag', async () => {
  const png = await fetch(new URL('/tiles/base/10/856/421.png', service.url));
  assert.equal(png.status, 200);
  assert.equal(Buffer.from(await png.arrayBuffer()).subarray(1, 4).toString(), 'PNG');
  const again = await fetch(new URL('/tiles/base/10/856/421.png', service.url), { headers: { 'if-none-match': png.headers.get('etag') } });
  assert.equal(again.status, 304);
  const found = [];
  for (let x = 855; x <= 858; x++) {
    for (let y = 419; y <= 422; y++) {
      const mvt = await fetch(new URL(`/tiles/base/10/${x}/${y}.mvt`, service.url));
      if (mvt.status === 204) continue;
      assert.equal(mvt.status, 200);
      const tile = new VectorTile(new Pbf(new Uint8Array(await mvt.arrayBuffer())));
      for (const layer of Object.values(tile.layers))
        for (let i = 0; i < layer.length; i++) found.push(layer.feature(i).properties.name);
      for (let i = 0; i < (tile.layers.divisions?.length ?? 0); i++) {
        const feature = tile.layers.divisions.feature(i);
        const areas = feature.loadGeometry().map(ringArea);
        assert.ok(areas[0] > 0, `${feature.properties.name}: the first ring is an outer one`);
        assert.ok(areas.reduce((sum, area) => sum + area, 0) > 0.5 * areas.filter((area) => area > 0).reduce((sum, area) => sum + area, 0),
          `${feature.properties.name} in ${x}/${y}: holes leave something of it`);
      }
    }
  }
  assert.ok(found.includes('平湖市'), found.join());
  assert.ok(found.includes('乍浦镇'));
});

test('GDAL reads the heritage answer and a vector tile', async (t) => {
  const folder = scratch(t);
  const layer = spawnSync('ogrinfo', ['-ro', '-al', '-so', `${service.url}/v1/heritage`], { encoding: 'utf8' });
  assert.match(layer.stdout, /Feature Count: [1-9]/, layer.stderr);
  const mvt = await fetch(new URL('/tiles/base/10/856/420.mvt', service.url));
  const file = join(folder, '420.mvt');
  writeFileSync(file, Buffer.from(await mvt.arrayBuffer()));
  const tile = spawnSync('ogrinfo', ['-ro', '-al', '-so', file], { encoding: 'utf8' });
  assert.equal(tile.status, 0, tile.stderr);
  assert.match(tile.stdout, /Feature Count: [1-9]/);
});

test('curl, as the documentation shows it', () => {
  const answer = spawnSync('curl', ['-fsS', '--get', `${service.url}/v1/geocode`, '--data-urlencode', 'q=黄姑镇'], { encoding: 'utf8' });
  assert.equal(answer.status, 0, answer.stderr);
  assert.equal(JSON.parse(answer.stdout).features[0].properties.name, '独山港镇');
  // Bytes that are not escaped, as a person types them into a shell.
  const raw = spawnSync('curl', ['-sS', '-o', '/dev/null', '-w', '%{http_code}', `${service.url}/v1/geocode?q=黄姑镇`], { encoding: 'utf8' });
  assert.equal(raw.stdout, '200');
});

test('openapi.json lists the routes, healthz is well', async () => {
  const { body } = await get('/openapi.json');
  for (const path of ['/v1/geocode', '/v1/reverse', '/v1/suggest', '/v1/search', '/v1/parse', '/v1/match', '/v1/batch', '/v1/places/{id}', '/v1/divisions/{code}', '/v1/heritage', '/v1/boundaries', '/healthz'])
    assert.ok(path in body.paths, path);
  assert.equal((await get('/healthz')).body.status, 'ok');
});
