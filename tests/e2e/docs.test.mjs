// Test plan: the description of the service is valid and true.
// - redocly's recommended rules, spectral's, and the OpenAPI structure, 3.1 and
//   3.0
// - each example request of the description is asked over HTTP and answers 200,
//   or 401 where a role is needed; each example answer has the members that the
//   answer has now
// - /docs: every route stands there, one is tried, its curl line works
// - the curl line of every route, as the page shows it with a key and the ids of
//   what is there, answers 2xx
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { database, root, run, scratch, snapshot, startService } from './service.mjs';

const require = createRequire(import.meta.url);
const { createConfig, lintFromString } = require('@redocly/openapi-core');

// Routes that are tried elsewhere, for what they need takes a while to come about.
const NEEDS_MORE = {
  webhook_replay: 'a dead letter: webhooks.test.mjs',
  job_rejects: 'a row that was rejected: jobs.test.mjs',
};

let service;
before(async () => { service = await startService(); });
after(async () => { await service.stop(); });

const read = async (path) => (await fetch(service.url + path)).json();

function* operations(description) {
  for (const [path, methods] of Object.entries(description.paths))
    for (const [method, operation] of Object.entries(methods)) yield { path, method: method.toUpperCase(), operation };
}

function request({ path, method, operation }) {
  let filled = path;
  const query = new URLSearchParams(operation['x-example-query'] ?? '');
  for (const parameter of operation.parameters) {
    if (parameter.in === 'header') continue;
    if (parameter.in === 'path') filled = filled.replace(`{${parameter.name}}`, encodeURIComponent(parameter.example));
    else if (parameter.required && !query.has(parameter.name)) query.set(parameter.name, parameter.example);
  }
  const [type, media] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const body = media && (typeof media.example === 'string' ? media.example : JSON.stringify(media.example));
  return [`${service.url}${filled}?${query}`, media ? { method, headers: { 'content-type': type }, body } : { method }];
}

test('the descriptions pass redocly', async () => {
  const config = await createConfig({ extends: ['recommended'], rules: {
    'no-server-example.com': 'off', // the server of a test is 127.0.0.1
    'no-ambiguous-paths': 'off', // /tiles/{layer}/... differ by their endings
    'no-path-trailing-slash': 'off', // Photon's own paths
    'security-defined': 'off', // reading needs no key
  } });
  for (const path of ['/openapi.json', '/api']) {
    const source = await (await fetch(service.url + path)).text();
    const problems = await lintFromString({ source, config, absoluteRef: `${service.url}${path}.json` });
    assert.deepEqual(problems.map((p) => `${p.ruleId}: ${p.message} ${p.location[0]?.pointer}`), [], path);
  }
});

test('the descriptions pass spectral', async () => {
  const { Spectral, Document } = require('@stoplight/spectral-core');
  const { Json } = require('@stoplight/spectral-parsers');
  const { oas } = require('@stoplight/spectral-rulesets');
  const spectral = new Spectral();
  spectral.setRuleset({ extends: [[oas, 'all']], rules: {
    'path-keys-no-trailing-slash': 'off', // Photon's own paths
    'contact-properties': 'off', // no mail address of ours
    'openapi-tags-alphabetical': 'off', // in the order of the page
  } });
  const texts = {};
  for (const path of ['/openapi.json', '/api']) texts[path] = await (await fetch(service.url + path)).text();
  for (const [path, text] of Object.entries(texts)) {
    const problems = await spectral.run(new Document(text, Json));
    assert.deepEqual(problems.map((p) => `${p.code}: ${p.message} ${p.path.join('/')}`), [], path);
  }
});

test('each example request works, each example answer is real', async () => {
  const description = await read('/openapi.json');
  let answers = 0;
  for (const one of operations(description)) {
    if (one.operation.security) continue; // needs a key: tried by the tests of that work
    if (one.operation.operationId === 'stname_details_post') continue; // its id is that of the GET
    if (one.path.includes('/jobs/{id}')) continue; // jobs.test.mjs makes jobs and asks for them
    const [url, options] = request(one);
    const answer = await fetch(url, options);
    if (one.operation.security) { // of clerks: the queue is not for everybody
      assert.equal(answer.status, 401, url);
      continue;
    }
    assert.ok([200, 204].includes(answer.status), `${one.method} ${url}: ${answer.status}`);
    const media = one.operation.responses['200'].content;
    const [type, { example }] = Object.entries(media)[0];
    if (!example) continue;
    assert.ok(answer.headers.get('content-type').startsWith(type), `${url}: ${answer.headers.get('content-type')}`);
    assert.deepEqual(await answer.json(), example, url);
    answers++;
  }
  assert.ok(answers > 25, `${answers} example answers`);
});

test('/docs lists every route; trying one and its curl line work', async (t) => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  t.after(() => browser.close());
  const page = await (await browser.newContext({ viewport: { width: 1100, height: 900 }, locale: 'zh-CN' })).newPage();
  const slips = [];
  page.on('pageerror', (error) => slips.push(error.message));
  page.on('request', (asked) => { if (!asked.url().startsWith(service.url)) slips.push(asked.url()); });
  await page.goto(`${service.url}/docs`);
  await page.waitForSelector('details');
  const routes = [...operations(await read('/openapi.json'))];
  assert.equal(await page.locator('details').count(), routes.length);
  await page.click('#geocode summary');
  await page.fill('#geocode input[name="q"]', '新仓镇');
  await page.click('#geocode button[type="submit"]');
  await page.waitForSelector('#geocode div[aria-live] pre');
  assert.match(await page.textContent('#geocode div[aria-live] pre'), /新仓镇/);
  const command = await page.textContent('#geocode > form > pre');
  const shell = spawnSync('sh', ['-c', `${command} -s`], { encoding: 'utf8' });
  assert.equal(JSON.parse(shell.stdout).features[0].properties.name, '新仓镇');
  mkdirSync(join(root, 'build', 'screens'), { recursive: true });
  await page.screenshot({ path: join(root, 'build', 'screens', 'docs.png') });
  assert.deepEqual(slips, []);
});

// The curl line of every route, with the fields filled in: of its own name, or
// of any route.
async function commands(page, url, fields) {
  await page.goto(`${url}/docs`);
  await page.waitForSelector('details');
  return page.evaluate(async (given) => {
    const all = [];
    for (const details of document.querySelectorAll('details')) {
      details.open = true;
      while (details.children.length === 1) await new Promise((resolve) => setTimeout(resolve, 0));
      const own = { ...given['*'], ...given[details.id] };
      for (const input of details.querySelectorAll('input')) if (own[input.name] !== undefined) input.value = own[input.name];
      if (own.body) details.querySelector('textarea').value = own.body;
      details.querySelector('form').dispatchEvent(new Event('input'));
      all.push({ name: details.id, line: details.querySelector('form > pre').textContent });
    }
    return all;
  }, fields);
}

test('every curl line of /docs answers', async (t) => {
  const folder = scratch(t);
  const db = join(folder, 'a.db');
  copyFileSync(database, db);
  copyFileSync(snapshot, join(folder, 'a.snap'));
  run(['dedupe', '--db', db]);
  run(['check', '--db', db, '--queue', '--in', '330482101']);
  const key = run(['key', 'add', '测试', '--roles', 'admin', '--db', db]).out.trim();
  const own = await startService(['--db', db, '--snapshot', join(folder, 'a.snap'), '--gcj02', '--no-rebuild']);
  t.after(() => own.child.kill('SIGKILL'));
  const send = async (method, path, body, type = 'application/json') => {
    const answer = await fetch(own.url + path, { method, headers: { 'x-api-key': key, 'content-type': type }, body: type.includes('json') ? JSON.stringify(body) : body });
    return { status: answer.status, location: answer.headers.get('location'), body: await answer.json() };
  };
  // What the routes that need something of one's own are asked about.
  const source = { key: 'e2e-docs', edition: '1', title: '测试来文', origin: '测试', licence: 'CC0-1.0' };
  const road = async (text) => (await send('POST', '/v1/places', { why: 'e2e', source, place: { category: '23510', synthetic: true, names: [{ text, kind: 'standard' }, { text: `${text}别名`, kind: 'alias' }] } })).body;
  const job = async () => (await fetch(`${own.url}/v1/batch?mode=job`, { method: 'POST', headers: { 'content-type': 'text/csv' }, body: '地址\n乍浦镇\n' })).headers.get('location').split('/').at(-1); // nobody's
  const hook = async () => (await send('POST', '/v1/webhooks', { name: '测试', url: 'https://hooks.example.org/diming' })).body.id;
  const door = async (parent, number) => (await send('POST', '/v1/addresses', { why: 'e2e', source, address: { parent, number, synthetic: true } })).body;
  const lane = await road('甲测路');
  const change = lane.change;
  const review = (await (await fetch(`${own.url}/v1/review?limit=1`, { headers: { 'x-api-key': key } })).json()).items[0];
  const finished = await job();
  for (let state = ''; state !== 'done';) state = (await (await fetch(`${own.url}/v1/batch/jobs/${finished}`)).json()).status;
  const fields = { '*': { 'X-Api-Key': key, 'If-Match': '*', 'Idempotency-Key': '', hook: await hook(), seq: String(change.first) } };
  const description = await (await fetch(`${own.url}/openapi.json`)).json();
  for (const { path, method, operation } of operations(description)) {
    const one = fields[operation.operationId] = {};
    if (path.includes('/jobs/{id}')) one.id = method === 'DELETE' ? await job() : finished;
    if (path.startsWith('/v1/review/{id}')) one.id = String(review.id);
    if (operation.operationId === 'review_decide') {
      one['If-Match'] = (await fetch(`${own.url}/v1/review/${review.id}`, { headers: { 'x-api-key': key } })).headers.get('etag');
      one.body = JSON.stringify({ action: 'waive', why: 'e2e' });
    }
    if (operation.operationId === 'change_undo') one.seq = String((await road('辛卯测路')).change.first);
    if (operation.operationId === 'address_put') one.body = JSON.stringify({ why: 'e2e', source, address: { parent: lane.id, number: '77号', synthetic: true } });
    if (operation.operationId === 'address_patch') one.body = JSON.stringify({ why: 'e2e', source, address: { number: '78号' } });
    if (path === '/v1/addresses') one.body = JSON.stringify({ why: 'e2e', source, address: { parent: lane.id, number: '7号', synthetic: true } });
    if (path.startsWith('/v1/addresses/{id}')) one.id = (await door(lane.id, `${100 + Object.keys(fields).length}号`)).id;
    if (operation.operationId === 'name_put') one.body = JSON.stringify({ why: 'e2e', source, name: { text: '子测别名', kind: 'alias' } });
    if (operation.operationId === 'stname_details_post') one.body = JSON.stringify({ id: (await (await fetch(`${own.url}/v1/divisions/330482101`)).json()).id });
    if (method !== 'GET' && path.startsWith('/v1/places/{id}')) one.id = (await road(`${'乙丙丁戊己庚辛壬'[Object.keys(fields).length % 8]}${'子丑寅卯辰巳午未'[Object.keys(fields).length >> 3 & 7]}测路`)).id;
    if (path.includes('/names/{index}')) one.index = '1';
    if (method === 'DELETE' && path.includes('{hook}')) one.hook = await hook();
  }
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  t.after(() => browser.close());
  const lines = await commands(await (await browser.newContext({ locale: 'zh-CN' })).newPage(), own.url, fields);
  assert.equal(lines.length, [...operations(description)].length);
  const slips = [];
  for (const { name, line } of lines) {
    if (NEEDS_MORE[name]) continue;
    const done = spawnSync('sh', ['-c', `${line} -s -o ${join(folder, 'answer')} -w '%{http_code}'`], { encoding: 'utf8' });
    if (!/^2\d\d$/.test(done.stdout)) slips.push(`${name}: ${done.stdout} ${line.slice(0, 300)}`);
  }
  assert.deepEqual(slips, []);
  assert.ok(lines.length - Object.keys(NEEDS_MORE).length > 100);
});
