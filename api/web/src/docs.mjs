// docs.mjs - the page of the interfaces, drawn from /openapi.json: what each
// takes, a way to try it, and the same as a curl command.
import { byId, make } from './dom.mjs';

const SHOWN_CHARACTERS = 20000;
const base = new URL('.', location.href);

// 'it'\''s' for a shell.
const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function field(parameter) {
  const id = `p${Math.random().toString(36).slice(2)}`;
  const example = parameter.example ?? parameter.schema?.example ?? '';
  const input = make('input', { id, name: parameter.name, placeholder: String(example), autocomplete: 'off',
    value: parameter.required ? String(example) : '', required: parameter.required });
  const label = make('label', { for: id, class: parameter.required ? 'must' : null }, make('code', {}, parameter.name));
  const words = parameter['x-description-zh'] ?? parameter.description;
  return { parameter, input, row: make('div', { class: 'field' }, label, input, make('span', { class: 'quiet' }, words)) };
}

// The address that the filled-in fields make.
function address(path, fields) {
  let filled = path;
  const query = new URLSearchParams();
  for (const { parameter, input } of fields) {
    if (parameter.in === 'path') filled = filled.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    else if (parameter.in === 'query' && input.value !== '') query.set(parameter.name, input.value);
  }
  const text = query.toString();
  return new URL(filled.slice(1) + (text ? `?${text}` : ''), base).href;
}

// The filled-in headers: a key, a version that was seen.
const headersOf = (fields) => Object.fromEntries(fields.filter(({ parameter, input }) => parameter.in === 'header' && input.value !== '')
  .map(({ parameter, input }) => [parameter.name, input.value]));

const KEY = { name: 'X-Api-Key', in: 'header', example: 'dm-…', description: '密钥；只在本页内使用' };

function bodyOf(operation) {
  const content = operation.requestBody?.content;
  if (!content) return null;
  const [type, { example }] = Object.entries(content)[0];
  const text = typeof example === 'string' ? example : JSON.stringify(example ?? {}, null, 1);
  return { type, area: make('textarea', { 'aria-label': `请求体 ${type}`, spellcheck: 'false' }, text) };
}

async function show(answer, place) {
  const type = answer.headers.get('content-type') ?? '';
  const head = make('p', { class: 'quiet' }, `${answer.status} · ${type}`);
  if (type.startsWith('image/')) {
    place.replaceChildren(head, make('img', { alt: '瓦片', src: URL.createObjectURL(await answer.blob()) }));
    return;
  }
  if (!/json|text|xml/.test(type)) {
    place.replaceChildren(head, make('p', {}, `${(await answer.arrayBuffer()).byteLength} 字节`));
    return;
  }
  let text = await answer.text();
  if (type.includes('json')) try { text = JSON.stringify(JSON.parse(text), null, 1); } catch { /* shown as it is */ }
  const cut = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}\n……` : text;
  place.replaceChildren(head, make('pre', {}, cut));
}

function operationForm(path, method, operation) {
  const fields = [...(operation.parameters ?? []), ...(operation.security ? [KEY] : [])].map(field);
  const body = bodyOf(operation);
  const place = make('div', { 'aria-live': 'polite' });
  const command = make('pre', {});
  const example = operation['x-example-query'];
  const set = example ? new URLSearchParams(example) : new URLSearchParams();
  for (const { parameter, input } of fields) if (set.has(parameter.name)) input.value = set.get(parameter.name);
  // A route that takes any parameters (WMTS) names none: those of its example.
  for (const [name, value] of set)
    if (!fields.some(({ parameter }) => parameter.name === name)) fields.push(field({ name, in: 'query', required: true, example: value, description: '' }));
  const refresh = () => {
    const verb = method === 'GET' || (method === 'POST' && body) ? '' : ` -X ${method}`;
    const heads = Object.entries(headersOf(fields)).map(([name, value]) => ` -H ${quote(`${name}: ${value}`)}`).join('');
    const sent = body ? ` -H ${quote(`Content-Type: ${body.type}`)} --data-binary ${quote(body.area.value)}` : '';
    command.textContent = `curl${verb} ${quote(address(path, fields))}${heads}${sent}`;
  };
  const ask = async (event) => {
    event.preventDefault();
    place.replaceChildren('……');
    const headers = headersOf(fields);
    const options = body ? { method, headers: { ...headers, 'content-type': body.type }, body: body.area.value } : { method, headers };
    try { await show(await fetch(address(path, fields), options), place); }
    catch (error) { place.replaceChildren(make('p', {}, `没有连上：${error.message}`)); }
  };
  refresh();
  return make('form', { onsubmit: ask, oninput: refresh }, ...fields.map((one) => one.row), body?.area,
    make('button', { type: 'submit' }, '试一试'),
    make('button', { type: 'button', onclick: () => navigator.clipboard.writeText(command.textContent) }, '复制命令'),
    command, place);
}

function route(path, method, operation) {
  const summary = make('summary', {}, make('span', { class: `method ${method}` }, method.toUpperCase()), make('code', {}, path),
    make('span', {}, operation.description));
  const details = make('details', { id: operation.operationId }, summary);
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(operationForm(path, method.toUpperCase(), operation));
  });
  return details;
}

const description = await (await fetch('openapi.json')).json();
const sections = description.tags.map((tag) => {
  const section = make('section', {}, make('h2', {}, tag.description));
  for (const [path, methods] of Object.entries(description.paths))
    for (const [method, operation] of Object.entries(methods))
      if (operation.tags?.includes(tag.name)) section.append(route(path, method, operation));
  return section;
});
byId('routes').replaceChildren(...sections);
if (location.hash) document.getElementById(location.hash.slice(1))?.setAttribute('open', '');
