// Test plan: the data as layers for GIS clients (OGC API - Features).
// - the abstract tests of 17-069r4 annex A and 18-058r1 annex A, by their
//   numbers, for every collection where they are about collections
// - Part 3: queryables, CQL2 text, against the same question asked plainly
// - real clients: GDAL's OAPIF driver, @ogcapi-js/features, ogc-client
// - pages for people: Chinese, no host but ours
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { OgcApiEndpoint } from '@camptocamp/ogc-client';
import ogcapi from '@ogcapi-js/features';
import { scratch, startService } from './service.mjs';

const NAMES = ['places', 'addresses', 'divisions', 'roads', 'heritage', 'boundaries', 'areas', 'changes', 'boundary-lines'];
const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
const EPSG = 'http://www.opengis.net/def/crs/EPSG/0/';
const GEOJSON = { accept: 'application/geo+json' };
const PINGHU = [120.9, 30.5, 121.3, 30.9];

let service;
before(async () => { service = await startService(); });
after(async () => { await service.stop(); });

async function get(path, parameters = {}, headers = { accept: 'application/json' }) {
  const target = new URL(path, service.url);
  for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value);
  const answer = await fetch(target, { headers });
  const text = await answer.text();
  const isJson = /json/.test(answer.headers.get('content-type') ?? '');
  return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : null };
}
const items = (name, parameters) => get(`/collections/${name}/items`, parameters, GEOJSON);
const link = (body, rel) => body.links.find((one) => one.rel === rel);
const ids = (body) => body.features.map((feature) => feature.id);

async function refused(path, parameters, parameter) {
  const { status, body } = await get(path, parameters);
  assert.equal(status, 400, `${path} ${JSON.stringify(parameters)}`);
  assert.equal(body.parameter, parameter);
}

// ---- 17-069r4, annex A.2: core ----

test('A.2.1 /conf/core/http: HTTP/1.1, errors as problems', async () => {
  assert.equal((await get('/collections')).status, 200);
  const { status, headers } = await get('/collections/none');
  assert.equal(status, 404);
  assert.match(headers.get('content-type'), /^application\/problem\+json/);
});

test('A.2.2.1 /conf/core/root-op, root-success: the landing page links on', async () => {
  const { status, body } = await get('/');
  assert.equal(status, 200);
  for (const rel of ['self', 'service-desc', 'service-doc', 'conformance', 'data']) {
    const { href } = link(body, rel);
    const answer = await fetch(href);
    assert.equal(answer.status, 200, `${rel} ${href}`);
  }
  const page = await get('/', {}, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
  assert.match(page.text, /<html/, 'a browser gets the map');
});

test('A.2.3.1 /conf/core/api-definition-op: OpenAPI 3.0', async () => {
  const { href, type } = link((await get('/')).body, 'service-desc');
  const answer = await fetch(href);
  assert.equal(answer.headers.get('content-type'), type);
  const document = await answer.json();
  assert.match(document.openapi, /^3\.0\./);
  assert.ok(document.paths['/collections/{collectionId}/items'].get.parameters.some((p) => p.name === 'bbox'));
});

test('A.2.4.1 /conf/core/conformance-op, conformance-success', async () => {
  const { body } = await get('/conformance');
  for (const name of ['core', 'geojson', 'html', 'oas30'])
    assert.ok(body.conformsTo.includes(`http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${name}`), name);
  assert.ok(body.conformsTo.includes('http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs'));
});

test('A.2.5 /conf/core/fc-md-op, fc-md-success, fc-md-links, fc-md-items, fc-md-extent', async () => {
  const { body } = await get('/collections');
  assert.deepEqual(body.collections.map((one) => one.id), NAMES);
  assert.ok(link(body, 'self') && link(body, 'alternate'));
  for (const one of body.collections) {
    assert.ok(link(one, 'items').type, one.id);
    if (!one.extent.spatial) continue;
    const { body: found } = await items(one.id, { limit: 10000 });
    const [west, south, east, north] = one.extent.spatial.bbox[0];
    for (const { geometry } of found.features)
      for (const [lon, lat] of geometry ? [geometry.coordinates].flat(Infinity).reduce(pairs, []) : [])
        assert.ok(lon >= west - 1e-6 && lon <= east + 1e-6 && lat >= south - 1e-6 && lat <= north + 1e-6, one.id);
  }
});
function pairs(list, number, index, all) {
  if (index % 2 === 0) list.push([number, all[index + 1]]);
  return list;
}

test('A.2.6 /conf/core/sfc-md-op, sfc-md-success: one collection is as in the list', async () => {
  const { body: all } = await get('/collections');
  for (const one of all.collections) assert.deepEqual((await get(`/collections/${one.id}`)).body, one);
});

test('A.2.7 /conf/core/fc-op, fc-response: items of every collection', async () => {
  for (const name of NAMES) {
    const { status, body, headers } = await items(name);
    assert.equal(status, 200);
    assert.match(headers.get('content-type'), /^application\/geo\+json/);
    assert.equal(body.type, 'FeatureCollection');
    assert.equal(body.numberReturned, body.features.length);
    assert.ok(link(body, 'self') && link(body, 'alternate') && link(body, 'collection'));
    assert.ok(body.features.length > 0, name);
    assert.ok(body.attribution.length > 0, `${name} says whose data it is`);
  }
});

test('A.2.7 /conf/core/fc-bbox-definition, fc-bbox-response', async () => {
  for (const name of ['places', 'divisions', 'heritage', 'changes']) {
    const all = (await items(name, { limit: 10000 })).body.features;
    const box = [121.0, 30.6, 121.12, 30.72];
    const inside = ({ geometry }) => geometry && geometry.coordinates[0] >= box[0] && geometry.coordinates[0] <= box[2] &&
      geometry.coordinates[1] >= box[1] && geometry.coordinates[1] <= box[3];
    const found = (await items(name, { limit: 10000, bbox: box.join() })).body;
    assert.deepEqual(ids(found), all.filter(inside).map((feature) => feature.id), name);
    assert.deepEqual(ids((await items(name, { limit: 10000, bbox: [box[0], box[1], -10, box[2], box[3], 900].join() })).body), ids(found), '3D');
  }
  const around = (await items('places', { bbox: '179,-90,-170,90' })).body;
  assert.equal(around.numberMatched, 0, 'a box over 180 degrees is two');
  assert.ok((await items('areas', { bbox: PINGHU.join() })).body.numberMatched >= 1);
  for (const bad of ['1,2,3', '1,2,3,4,5', 'a,b,c,d', '1,2,3,', '121,31,121.1,30', '121,95,122,96', ''])
    await refused('/collections/places/items', { bbox: bad }, 'bbox');
});

test('A.2.7 /conf/core/fc-limit-definition, fc-limit-response', async () => {
  assert.equal((await items('places', { limit: 7 })).body.features.length, 7);
  assert.equal((await items('places')).body.features.length, 100, 'the default');
  assert.equal((await items('heritage', { limit: 999999 })).status, 200, 'more than the maximum is no error');
  for (const bad of ['0', '-1', 'x', '1.5', '']) await refused('/collections/places/items', { limit: bad }, 'limit');
});

test('A.2.7 /conf/core/fc-time-definition, fc-time-response', async () => {
  const all = (await items('changes', { limit: 10000 })).body.features;
  const dated = all.filter((feature) => feature.properties.date);
  assert.ok(dated.length > 10);
  const after2000 = (await items('changes', { limit: 10000, datetime: '2000-01-01/..' })).body;
  assert.deepEqual(ids(after2000), all.filter((f) => !f.properties.date || f.properties.date >= '2000').map((f) => f.id));
  const before2000 = (await items('changes', { limit: 10000, datetime: '../1999-12-31T23:59:59Z' })).body;
  assert.deepEqual(ids(before2000), all.filter((f) => !f.properties.date || f.properties.date < '2000').map((f) => f.id));
  for (const bad of ['2000', '2000-13-01', '2001-01-01/2000-01-01', '../..x', '2000-01-01T', 'yesterday'])
    await refused('/collections/changes/items', { datetime: bad }, 'datetime');
});

test('A.2.7 /conf/core/query-param-unknown, query-param-invalid, param-filter', async () => {
  await refused('/collections/places/items', { lng: '121' }, 'lng');
  await refused('/collections', { limit: '1' }, 'limit');
  await refused('/collections/places/items', { level: 'four' }, 'level');
  const towns = (await items('divisions', { level: 4, county: '平湖市', limit: 1000 })).body;
  assert.ok(towns.numberMatched >= 9);
  assert.ok(towns.features.every((f) => f.properties.level === 4 && f.properties.county === '平湖市'));
});

test('A.2.7 /conf/core/fc-links: every page, each feature once, in one order', async () => {
  const whole = ids((await items('divisions', { limit: 10000 })).body);
  let url = `${service.url}/collections/divisions/items?limit=97&f=json`;
  const seen = [];
  while (url) {
    const body = await (await fetch(url)).json();
    assert.equal(body.numberMatched, whole.length);
    seen.push(...ids(body));
    url = link(body, 'next')?.href;
  }
  assert.deepEqual(seen, whole);
  assert.equal(new Set(seen).size, seen.length);
});

test('A.2.8 /conf/core/f-op, f-success, f-links: each feature alone is as in the list', async () => {
  for (const name of NAMES) {
    const { body } = await items(name, { limit: 3 });
    for (const feature of body.features) {
      const one = await get(`/collections/${name}/items/${feature.id}`, {}, GEOJSON);
      assert.equal(one.status, 200, `${name} ${feature.id}`);
      for (const member of ['type', 'id', 'geometry', 'properties']) assert.deepEqual(one.body[member], feature[member]);
      assert.ok(link(one.body, 'collection').href.endsWith(`/collections/${name}`));
    }
    assert.equal((await get(`/collections/${name}/items/none`)).status, 404);
  }
});

test('A.3 /conf/geojson/content: RFC 7946, positions with source and accuracy', async () => {
  for (const name of NAMES) {
    for (const feature of (await items(name, { limit: 500 })).body.features) {
      assert.equal(feature.type, 'Feature');
      assert.match(feature.id, /^[0-9A-Za-z]+$/);
      if (['boundaries', 'areas'].includes(name)) {
        assert.equal(typeof feature.properties.schematic, 'boolean');
        if (feature.properties.schematic) assert.match(feature.properties.note_zh, /不作为划界依据/);
        assert.match(feature.geometry.type, name === 'areas' ? /^MultiPolygon$/ : /^LineString$/);
      } else {
        assert.equal(feature.geometry === null, feature.properties.position_method === 'none');
        if (feature.geometry && feature.properties.position_method === 'inherited')
          assert.ok(feature.properties.accuracy_m > 100, 'borrowed positions are rough, and say so');
      }
    }
  }
});

test('A.4 /conf/html/content: pages in Chinese, nothing from another host', async () => {
  const { body } = await items('heritage', { limit: 1 });
  for (const path of ['/collections', '/conformance', '/collections/heritage', '/collections/heritage/queryables',
    '/collections/heritage/items', `/collections/heritage/items/${body.features[0].id}`]) {
    const { status, text, headers } = await get(path, {}, { accept: 'text/html' });
    assert.equal(status, 200, path);
    assert.match(headers.get('content-type'), /^text\/html/);
    assert.match(headers.get('content-security-policy'), /default-src 'self'/);
    assert.match(headers.get('vary'), /^Accept\b/);
    assert.match(text, /lang="zh"/);
    for (const [, host] of text.matchAll(/(?:src|href)="(https?:\/\/[^/"]+)/g)) assert.equal(host, service.url, path);
  }
});

// ---- 18-058r1, annex A: reference systems ----

// "lon lat" lines from EPSG:4490 to another system, easting or longitude first.
function transform(code, lines) {
  return new Promise((resolve, reject) => {
    const child = execFile('gdaltransform', ['-s_srs', 'EPSG:4490', '-t_srs', `EPSG:${code}`, '-output_xy'],
      (error, out) => (error ? reject(error) : resolve(out)));
    child.stdin.end(`${lines}\n`);
  });
}

test('A.1 /conf/crs/crs-uri, fc-md-crs-list, fc-md-storageCrs', async () => {
  const { body } = await get('/collections');
  for (const one of body.collections) {
    for (const name of [CRS84, `${EPSG}4490`, `${EPSG}4549`, `${EPSG}3857`]) assert.ok(one.crs.includes(name));
    assert.ok(one.crs.includes(one.storageCrs));
  }
});

test('A.1 /conf/crs/crs-parameter, content-crs: the right axis first, as GDAL computes it', async () => {
  const plain = (await items('heritage', { limit: 5 })).body.features;
  for (const [code, swaps] of [['4490', true], ['4326', true], ['4549', true], ['3857', false]]) {
    const { body, headers } = await items('heritage', { limit: 5, crs: EPSG + code });
    assert.equal(headers.get('content-crs'), `<${EPSG}${code}>`);
    const out = await transform(code, plain.map((feature) => feature.geometry.coordinates.join(' ')).join('\n'));
    const within = ['4549', '3857'].includes(code) ? 0.01 : 1e-6;
    out.trim().split('\n').forEach((line, i) => {
      const [x, y] = line.split(/\s+/).map(Number);
      const want = swaps ? [y, x] : [x, y];
      body.features[i].geometry.coordinates.forEach((number, axis) => assert.ok(Math.abs(number - want[axis]) < within,
        `${code}: ${body.features[i].geometry.coordinates} against ${want}`));
    });
  }
  assert.equal((await items('heritage')).headers.get('content-crs'), `<${CRS84}>`);
  const one = await get(`/collections/heritage/items/${plain[0].id}`, { crs: `${EPSG}4490` }, GEOJSON);
  assert.deepEqual(one.body.geometry.coordinates, [...plain[0].geometry.coordinates].reverse());
  await refused('/collections/heritage/items', { crs: `${EPSG}2154` }, 'crs');
});

test('A.1 /conf/crs/bbox-crs-parameter: one box in five systems finds the same', async () => {
  const want = ids((await items('places', { bbox: '121,30.6,121.12,30.72', limit: 1000 })).body);
  assert.ok(want.length > 5);
  for (const code of ['4490', '4326'])
    assert.deepEqual(ids((await items('places', { bbox: '30.6,121,30.72,121.12', 'bbox-crs': EPSG + code, limit: 1000 })).body), want);
  const [feature] = (await items('heritage', { limit: 1, crs: `${EPSG}4549` })).body.features;
  const [north, east] = feature.geometry.coordinates;
  const near = await items('heritage', { bbox: [north - 1, east - 1, north + 1, east + 1].join(), 'bbox-crs': `${EPSG}4549` });
  assert.ok(ids(near.body).includes(feature.id));
  const swapped = await get('/collections/heritage/items', { bbox: [east - 1, north - 1, east + 1, north + 1].join(), 'bbox-crs': `${EPSG}4549` });
  assert.ok(swapped.status === 400 || swapped.body.numberMatched === 0, 'swapped axes find nothing');
  await refused('/collections/places/items', { bbox: '1,2,3,4', 'bbox-crs': 'EPSG:9999999' }, 'bbox-crs');
});

// ---- Part 3: queryables and CQL2 ----

test('/conf/queryables: a schema that names each property of a feature', async () => {
  for (const name of NAMES) {
    const { body, headers } = await get(`/collections/${name}/queryables`);
    assert.match(headers.get('content-type'), /^application\/schema\+json/);
    assert.equal(body.type, 'object');
    const [feature] = (await items(name, { limit: 1 })).body.features;
    assert.deepEqual(Object.keys(body.properties), ['geometry', ...Object.keys(feature.properties)]);
  }
});

test('/conf/filter, /conf/basic-cql2, advanced-comparison-operators, spatial', async () => {
  const all = (await items('divisions', { limit: 10000 })).body.features;
  const cases = [
    [`level = 4`, (p) => p.level === 4],
    [`level <> 4 and not (county = '平湖市')`, (p) => p.level !== 4 && p.county !== null && p.county !== '平湖市'],
    [`name LIKE '%村' OR name LIKE '乍_镇'`, (p) => /村$/.test(p.name) || /^乍.镇$/u.test(p.name)],
    [`level BETWEEN 3 AND 4`, (p) => p.level >= 3 && p.level <= 4],
    [`level NOT IN (4, 5)`, (p) => ![4, 5].includes(p.level)],
    [`former_names IS NOT NULL`, (p) => p.former_names !== null],
    [`valid_to IS NULL AND status = 'current'`, (p) => p.valid_to === null && p.status === 'current'],
    [`"code" >= '330482' and code < '330483'`, (p) => p.code !== null && p.code >= '330482' && p.code < '330483'],
    [`statistical = TRUE`, (p) => p.statistical],
  ];
  for (const [filter, wanted] of cases) {
    const { body, status } = await items('divisions', { filter, limit: 10000 });
    assert.equal(status, 200, `${filter}: ${JSON.stringify(body)}`);
    assert.deepEqual(ids(body), all.filter((f) => wanted(f.properties)).map((f) => f.id), filter);
    assert.ok(body.numberMatched > 0, `${filter} finds something`);
  }
  const box = ids((await items('places', { bbox: '121,30.6,121.12,30.72', limit: 1000 })).body);
  for (const [filter, crs] of [
    ['S_INTERSECTS(geometry, BBOX(121,30.6,121.12,30.72))', CRS84],
    ['s_intersects(geometry, POLYGON((121 30.6, 121.12 30.6, 121.12 30.72, 121 30.72, 121 30.6)))', CRS84],
    ['S_INTERSECTS(POLYGON((30.6 121, 30.6 121.12, 30.72 121.12, 30.72 121, 30.6 121)), geometry)', `${EPSG}4490`],
  ]) assert.deepEqual(ids((await items('places', { filter, 'filter-crs': crs, limit: 1000 })).body), box, filter);
  const changes = (await items('changes', { limit: 10000 })).body.features;
  const late = (await items('changes', { filter: `date >= DATE('2010-01-01')`, limit: 10000 })).body;
  assert.deepEqual(ids(late), changes.filter((f) => f.properties.date && f.properties.date >= '2010-').map((f) => f.id));
  for (const bad of ['', 'level', 'level =', 'level = \'x\'', 'nothing = 1', 'level = 4 and', '((level = 4)', 'level in ()', 'name like 4',
    's_intersects(geometry, POLYGON((1 2, 3 4)))', `${'('.repeat(40)}level = 4${')'.repeat(40)}`])
    await refused('/collections/divisions/items', { filter: bad }, 'filter');
  await refused('/collections/divisions/items', { filter: 'level = 4', 'filter-lang': 'cql2-json' }, 'filter-lang');
});

// ---- clients ----

// Not spawnSync: the service closes connections that idle while a program runs.
const gdal = async (program, args) => (await promisify(execFile)(program, args, { maxBuffer: 1 << 26 })).stdout;

test('GDAL lists the layers from the root and copies them to a GeoPackage', async (t) => {
  const source = `OAPIF:${service.url}/`;
  const file = join(scratch(t), 'all.gpkg');
  const [listed, towns] = await Promise.all([
    gdal('ogrinfo', ['-q', source]),
    gdal('ogrinfo', [source, 'divisions', '-where', "level = 4 AND county = '平湖市'", '-spat', ...PINGHU.map(String)]),
    gdal('ogr2ogr', ['-f', 'GPKG', '-oo', 'PAGE_SIZE=1000', file, source]),
  ]);
  for (const name of NAMES) assert.match(listed, new RegExp(`: ${name} `));
  const summary = await gdal('ogrinfo', ['-so', '-al', file]);
  for (const name of NAMES) {
    const count = Number(summary.match(new RegExp(`Layer name: ${name}\\n[^]*?Feature Count: (\\d+)`))[1]);
    assert.equal(count, (await items(name, { limit: 1 })).body.numberMatched, name);
  }
  const want = (await items('divisions', { level: 4, county: '平湖市', bbox: PINGHU.join() })).body;
  assert.ok(want.numberMatched > 3);
  assert.equal([...towns.matchAll(/OGRFeature/g)].length, want.numberMatched);
});

test('@ogcapi-js/features reads collections, filters and features', async () => {
  const client = new ogcapi.FeatureService({ baseUrl: service.url });
  assert.deepEqual((await client.getCollections()).collections.map((one) => one.id), NAMES);
  const found = await client.getFeatures('divisions', { limit: 5, bbox: PINGHU });
  assert.equal(found.features.length, 5);
  const one = await client.getFeature('divisions', found.features[0].id);
  assert.equal(one.properties.name, found.features[0].properties.name);
  assert.ok((await client.getQueryables('divisions')).properties.name);
});

test('@camptocamp/ogc-client reads collections and items', async () => {
  const client = new OgcApiEndpoint(`${service.url}/`);
  assert.deepEqual(await client.featureCollections, NAMES);
  assert.equal((await client.getCollectionItems('heritage', 3)).length, 3);
  const info = await client.getCollectionInfo('heritage');
  assert.ok(info.itemFormats.includes('application/geo+json'));
  assert.ok(info.queryables.some((one) => one.name === 'name'));
});
