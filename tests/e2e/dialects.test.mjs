// Test plan: clients of other services ask here and are content.
// - GeocodeJSON, Reconciliation 0.2, Linked Places: by schema
// - node-geocoder, and leaflet-control-geocoder in a browser, as they come
// - every dialect finds what /v1 finds; an empty answer and a wrong question
//   are in the words of the dialect
// - GCJ-02 leaves only when the operator says so, and then is GCJ-02
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import Ajv from 'ajv';
import NodeGeocoder from 'node-geocoder';
import { chromium } from 'playwright-core';
import * as schemas from './schemas.mjs';
import { ask, startService } from './service.mjs';

const require = createRequire(import.meta.url);
const HOUSE = '平湖市新仓镇朝阳路158号';
const ZHAPU = { lon: 121.08686, lat: 30.60153 };

let service;
let open; // with GCJ-02
before(async () => { [service, open] = await Promise.all([startService(), startService(['--gcj02'])]); });
after(async () => { await Promise.all([service.stop(), open.stop()]); });

const get = async (path, parameters) => (await ask(service.url, path, parameters)).body;
function fits(schema, body) {
  const validate = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(schema);
  assert.ok(validate(body), JSON.stringify(validate.errors, null, 1));
}
const near = (got, want, within = 1e-4) => assert.ok(Math.abs(got - want) < within, `${got}, not ${want}`);

test('GeocodeJSON of /v1 and of Nominatim fits its schema', async () => {
  for (const q of ['乍浦', HOUSE, '黄姑镇', 'zhapu', '山塘村']) {
    fits(schemas.geocodejson, await get('/v1/geocode', { q }));
    fits(schemas.geocodejson, await get('/search', { q, format: 'geocodejson' }));
  }
  fits(schemas.geocodejson, await get('/v1/reverse', ZHAPU));
  fits(schemas.geocodejson, await get('/reverse', { ...ZHAPU, format: 'geocodejson' }));
});

test('Nominatim: search, structured search, reverse by zoom, lookup, status', async () => {
  const [house] = await get('/search', { q: HOUSE, format: 'jsonv2', addressdetails: 1, 'accept-language': 'zh', email: 'a@example.org' });
  assert.equal(house.address.house_number, '158号');
  assert.equal(house.address.road, '朝阳路');
  assert.equal(house.address.county, '平湖市');
  assert.equal(house.addresstype, 'house');
  assert.ok(house.licence.length > 10);
  assert.equal(typeof house.lat, 'string');
  assert.ok(Number.isSafeInteger(house.place_id));
  const [south, north, west, east] = house.boundingbox.map(Number);
  assert.ok(south < Number(house.lat) && Number(house.lat) < north && west < Number(house.lon) && Number(house.lon) < east);
  const [town] = await get('/search', { city: '平湖市', street: '乍浦镇', format: 'json' });
  assert.equal(town.name, '乍浦镇');
  assert.equal(town.class, 'boundary');
  const at = async (zoom) => (await get('/reverse', { ...ZHAPU, format: 'jsonv2', zoom })).name;
  assert.deepEqual([await at(5), await at(8), await at(10)], ['浙江省', '嘉兴市', '平湖市']);
  const [again] = await get('/lookup', { osm_ids: town.diming_id, format: 'jsonv2' });
  assert.equal(again.display_name, town.display_name);
  assert.deepEqual(await get('/search', { q: '亚特兰蒂斯之城' }), []);
  assert.deepEqual(await get('/search', { q: '乍浦', countrycodes: 'fr' }), []);
  assert.deepEqual(await get('/search', { q: '乍浦', viewbox: '100,20,101,21', bounded: 1 }), []);
  assert.deepEqual(await get('/reverse', { lon: 0, lat: 0 }), { error: 'Unable to geocode' });
  assert.equal((await ask(service.url, '/search', {})).status, 400);
  assert.equal((await ask(service.url, '/search', { q: '乍浦', format: 'xml' })).status, 400);
  assert.equal((await get('/status', { format: 'json' })).status, 0);
});

test('node-geocoder finds and reverses through its openstreetmap provider', async () => {
  const geocoder = NodeGeocoder({ provider: 'openstreetmap', osmServer: service.url, fetch });
  const [house] = await geocoder.geocode(HOUSE);
  assert.equal(house.streetName, '朝阳路');
  assert.equal(house.streetNumber, '158号');
  assert.equal(house.countryCode, 'CN');
  const [back] = await geocoder.reverse(ZHAPU);
  assert.equal(back.state, '浙江省');
  assert.ok(back.formattedAddress.startsWith('浙江省'));
});

test('leaflet-control-geocoder finds and reverses, as Nominatim and as Photon', async (t) => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  t.after(() => browser.close());
  const page = await (await browser.newContext({ bypassCSP: true })).newPage();
  await page.goto(`${service.url}/conformance?f=html`);
  for (const name of ['leaflet', 'leaflet-control-geocoder']) await page.addScriptTag({ path: require.resolve(name) });
  const found = await page.evaluate(async ({ url, at, house }) => {
    const L = window.L;
    const Geocoder = L.Control.Geocoder;
    const makers = {
      nominatim: Geocoder.nominatim({ serviceUrl: `${url}/` }),
      photon: Geocoder.photon({ serviceUrl: `${url}/api/`, reverseUrl: `${url}/reverse/` }),
    };
    const run = (object, method, ...values) => new Promise((resolve, reject) => {
      const answer = object[method](...values, resolve);
      if (answer?.then) answer.then(resolve, reject);
    });
    const all = {};
    for (const [name, one] of Object.entries(makers)) all[name] = {
      forward: (await run(one, 'geocode', house)).map((r) => ({ name: r.name, lat: r.center.lat, lon: r.center.lng })),
      back: (await run(one, 'reverse', L.latLng(at.lat, at.lon), 65536)).map((r) => r.name),
    };
    return all;
  }, { url: service.url, at: ZHAPU, house: '乍浦镇' });
  for (const name of ['nominatim', 'photon']) {
    assert.match(found[name].forward[0].name, /乍浦镇/, name);
    near(found[name].forward[0].lat, ZHAPU.lat);
    near(found[name].forward[0].lon, ZHAPU.lon);
    assert.match(found[name].back[0], /平湖市|浙江省/, name);
  }
});

// The geocoder API of maplibre-gl-geocoder's own example for Nominatim, word for
// word but for the address; its control asks and shows the answers.
test('maplibre-gl-geocoder finds through the Nominatim dialect', async (t) => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  t.after(() => browser.close());
  const page = await (await browser.newContext({ bypassCSP: true })).newPage();
  await page.goto(`${service.url}/conformance?f=html`);
  await page.addScriptTag({ path: require.resolve('@maplibre/maplibre-gl-geocoder').replace(/[^/]+$/, 'maplibre-gl-geocoder.js') });
  const found = await page.evaluate(async (url) => {
    const api = {
      forwardGeocode: async (config) => {
        const features = [];
        const request = `${url}/search?q=${config.query}&format=geojson&polygon_geojson=1&addressdetails=1`;
        const response = await fetch(request);
        const geojson = await response.json();
        for (const feature of geojson.features) {
          const center = [feature.bbox[0] + (feature.bbox[2] - feature.bbox[0]) / 2, feature.bbox[1] + (feature.bbox[3] - feature.bbox[1]) / 2];
          features.push({ type: 'Feature', geometry: { type: 'Point', coordinates: center }, place_name: feature.properties.display_name, properties: feature.properties, text: feature.properties.display_name, place_type: ['place'], center });
        }
        return { features };
      },
    };
    const place = document.body.appendChild(document.createElement('div'));
    const Control = window.MaplibreGeocoder?.default ?? window.MaplibreGeocoder;
    const control = new Control(api, { maplibregl: null, marker: false, flyTo: false, showResultsWhileTyping: true, minLength: 2 });
    control.addTo(place);
    const results = new Promise((resolve, reject) => {
      control.on('results', (answer) => resolve(answer.features));
      control.on('error', (error) => reject(new Error(JSON.stringify(error))));
    });
    control.query('乍浦镇');
    return (await results).map((feature) => ({ name: feature.place_name, center: feature.center }));
  }, service.url);
  assert.match(found[0].name, /乍浦镇/);
  near(found[0].center[0], ZHAPU.lon);
  near(found[0].center[1], ZHAPU.lat);
});

test('Photon: complete and half-typed words, both spellings of the path', async () => {
  for (const path of ['/api', '/api/']) {
    const body = await get(path, { q: '乍浦', limit: 1, lang: 'en' });
    assert.equal(body.features[0].properties.name, '乍浦镇');
    assert.equal(body.features[0].properties.countrycode, 'CN');
    assert.equal(body.features[0].properties.type, 'district');
  }
  assert.match((await get('/api', { q: 'zhap' })).features[0].properties.name, /乍浦/);
  assert.equal((await get('/reverse/', ZHAPU)).features.length, 1);
});

test('Tianditu: forward, back, nothing, and a broken question', async () => {
  const found = await get('/geocoder', { ds: JSON.stringify({ keyWord: '乍浦镇' }), tk: 'x' });
  assert.equal(found.status, '0');
  near(Number(found.location.lon), ZHAPU.lon);
  const back = await get('/geocoder', { postStr: JSON.stringify({ ...ZHAPU, ver: 1 }), type: 'geocode', tk: 'x' });
  assert.equal(back.status, '0');
  assert.equal(back.result.addressComponent.county, '平湖市');
  assert.equal((await get('/geocoder', { ds: '{"keyWord":"亚特兰蒂斯之城"}' })).status, '101');
  for (const bad of [{}, { ds: '{' }, { ds: '{}' }, { ds: '[[[' }, { postStr: '{"lon":1}' }, { postStr: '{"lon":999,"lat":0}' }])
    assert.equal((await ask(service.url, '/geocoder', bad)).status, 400, JSON.stringify(bad));
});

test('Amap: closed until the operator opens it; then GCJ-02 and back', async () => {
  const closed = await get('/v3/geocode/geo', { address: '乍浦镇' });
  assert.equal(closed.status, '0');
  assert.equal(closed.infocode, '10002');
  assert.match(closed.detail, /GCJ-02/);
  const geo = (await ask(open.url, '/v3/geocode/geo', { address: '乍浦镇', city: '330400', key: 'k' })).body;
  assert.equal(geo.status, '1');
  assert.equal(geo.count, '1');
  assert.equal(geo.geocodes[0].district, '平湖市');
  assert.equal(geo.geocodes[0].level, '乡镇');
  assert.deepEqual(geo.geocodes[0].number, []);
  const [lon, lat] = geo.geocodes[0].location.split(',').map(Number);
  const metres = Math.hypot((lon - ZHAPU.lon) * 95800, (lat - ZHAPU.lat) * 111195);
  assert.ok(metres > 300 && metres < 700, `${metres} m from CGCS2000`);
  const back = (await ask(open.url, '/v3/geocode/regeo', { location: geo.geocodes[0].location, extensions: 'all', radius: 3000 })).body;
  assert.equal(back.regeocode.addressComponent.district, '平湖市');
  const town = back.regeocode.pois.find((poi) => /乍浦/.test(poi.name));
  if (town) assert.match(town.location, /^121\.09/);
  const batch = (await ask(open.url, '/v3/geocode/geo', { address: '乍浦镇|新仓镇', batch: 'true' })).body;
  assert.equal(batch.count, '2');
});

test('Reconciliation 0.2: manifest, batch, suggest, preview, extend', async () => {
  const manifest = await get('/reconcile');
  fits(schemas.manifest, manifest);
  const queries = {
    q0: { query: '乍浦镇', limit: 3 },
    q1: { query: '山塘村' },
    q2: { query: '山塘村', properties: [{ pid: 'county', v: '金山区' }] },
    q3: { query: '山塘村', properties: [{ pid: 'in', v: { id: '330482', name: '330482' } }] },
    q4: { query: '乍浦', type: '25100' },
    q5: { query: '亚特兰蒂斯之城' },
  };
  const form = await fetch(`${service.url}/reconcile`, { method: 'POST', body: new URLSearchParams({ queries: JSON.stringify(queries) }) });
  const posted = await form.json();
  fits(schemas.results, posted);
  assert.deepEqual(posted, await get('/reconcile', { queries: JSON.stringify(queries) }));
  assert.equal(posted.q0.result[0].name, '乍浦镇');
  assert.equal(posted.q0.result[0].match, true);
  assert.equal(posted.q1.result.filter((one) => one.name === '山塘村').length, 2);
  assert.ok(posted.q1.result.every((one) => !one.match), 'two of one name are no match');
  assert.deepEqual(posted.q2.result.map((one) => one.description), ['上海市金山区廊下镇山塘村']);
  assert.ok(posted.q3.result.every((one) => /平湖市/.test(one.description)));
  assert.deepEqual(posted.q4.result.filter((one) => one.type[0].id === '21500'), []);
  assert.deepEqual(posted.q5.result, []);

  const id = posted.q0.result[0].id;
  const properties = await get('/reconcile/properties', { type: '21500' });
  assert.ok(properties.properties.some((one) => one.id === 'county'));
  const extended = await get('/reconcile', { extend: JSON.stringify({ ids: [id, 'none'], properties: [{ id: 'county' }, { id: 'level' }, { id: 'accuracy_m' }] }) });
  fits(schemas.extension, extended);
  assert.deepEqual(extended.rows[id].county, [{ str: '平湖市' }]);
  assert.deepEqual(extended.rows[id].level, [{ int: 4 }]);
  assert.deepEqual(extended.rows.none.county, []);

  for (const kind of ['entity', 'property', 'type']) {
    const { service_url: url, service_path: path } = manifest.suggest[kind];
    const body = await (await fetch(`${url}${path}?prefix=${kind === 'entity' ? 'zhap' : ''}`)).json();
    fits(schemas.suggestions, body);
    assert.ok(body.result.length > 0, kind);
  }
  const preview = await fetch(manifest.preview.url.replace('{{id}}', id));
  assert.match(await preview.text(), /乍浦镇/);
  assert.equal((await fetch(manifest.view.url.replace('{{id}}', id))).status, 200);
  for (const bad of ['{', '[]', '{"q0":{"query":' + '['.repeat(50) + '}}'])
    assert.equal((await ask(service.url, '/reconcile', { queries: bad })).status, 400, bad);
});

test('the national library: list, details, divisions, counts', async () => {
  const list = await get('/stname/listPub', { stName: '山塘村', searchType: '精确' });
  assert.equal(list.total, 2);
  assert.deepEqual(list.records.map((one) => one.area_name).sort(), ['平湖市', '金山区']);
  assert.equal((await get('/stname/listPub', { stName: '山塘村', searchType: '精确', code: '330482000000' })).total, 1);
  const towns = await get('/stname/listPub', { placeTypeCode: '21500', code: '330482', size: 100 });
  assert.ok(towns.total >= 9 && towns.records.every((one) => one.place_type_code === '21500'));
  const page = await get('/stname/listPub', { placeTypeCode: '21500', code: '330482', size: 2, page: 2 });
  assert.deepEqual(page.records.map((one) => one.id), towns.records.slice(2, 4).map((one) => one.id));
  const then = await get('/stname/listPub', { stName: '黄姑镇', year: 2005 });
  assert.equal(then.total, 1, 'as of 2005');
  assert.equal((await get('/stname/listPub', { stName: '黄姑镇' })).total, 0, 'abolished since');
  const [first] = list.records;
  const posted = await fetch(`${service.url}/stname/detailsPub`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id: first.id }) });
  const details = await posted.json();
  assert.equal(details.standard_name, '山塘村');
  assert.ok('place_origin' in details && 'old_name' in details);
  const tree = await get('/xzqh/getList', { code: '330482', maxLevel: 1 });
  assert.equal(tree.data[0].name, '平湖市');
  assert.ok(tree.data[0].children.some((one) => one.code === '330482101' && one.children.length === 0));
  const byCode = await get('/datastatis/GroupCountNameByCode', { name: '山塘村' });
  assert.deepEqual(byCode.data.map((one) => [one.code, one.count]).sort(), [['310116', 1], ['330482', 1]]);
  const sound = await get('/datastatis/GroupCountPinyinByType', { name: 'Shantang Cun' });
  assert.ok(sound.data.find((one) => one.typeCode === '21610').count >= 2);
});

test('MZ/T 164: seven interfaces, GET and POST, the reference system stated', async () => {
  const parameters = { places: { stName: '乍浦' }, place: { id: '2CTYZ050C38RS' }, divisions: { code: '330482' } };
  for (const name of ['places', 'place', 'divisions', 'categories', 'signs', 'sign', 'attachment']) {
    const body = await get(`/mzt164/${name}`, parameters[name]);
    assert.equal(body.status, 200, name);
    assert.equal(body.crs, 'EPSG:4490');
    const posted = await fetch(`${service.url}/mzt164/${name}?${new URLSearchParams(parameters[name])}`,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    assert.deepEqual(await posted.json(), body, name);
  }
  assert.match((await get('/mzt164/signs')).message, /没有/);
  assert.ok((await get('/mzt164/places', { stName: '乍浦' })).data.total >= 1);
});

test('Linked Places: history in every name, pages that join', async () => {
  const page = await get('/linked-places', { limit: 300 });
  fits(schemas.linkedPlaces, page);
  const { body } = await ask(service.url, '/v1/search', { q: '独山港镇' });
  const one = await get(`/linked-places/${body.features[0].properties.place_id}`);
  fits(schemas.linkedPlaces, one);
  assert.equal(one.features[0].properties.title, '独山港镇');
  assert.ok(one.features[0].names.some((name) => name.when?.timespans[0].start?.in), 'since when');
  assert.ok(one.features[0].relations.some((relation) => /merge|rename|establish/.test(relation.relationType)));
  assert.ok(page.license && page.attribution);
});
