// review_api.mjs - what the clerks' page asks the service. The key is kept in
// this tab only and goes with each request as a header, never in an address.

const KEY = 'diming-clerk-key';
const base = new URL('.', location.href);

export const getKey = () => sessionStorage.getItem(KEY);
export const setKey = (key) => (key ? sessionStorage.setItem(KEY, key) : sessionStorage.removeItem(KEY));

// A refusal: problem details (RFC 9457), with the item as it is now if told.
export class Refusal extends Error {
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

async function send(path, { method = 'GET', headers = {}, body } = {}) {
  const answer = await fetch(new URL(path, base), { method, body, cache: 'no-store', headers: { authorization: `Bearer ${getKey()}`, ...headers } });
  if (answer.ok) return answer;
  const isProblem = answer.headers.get('content-type')?.includes('problem+json');
  throw new Refusal(isProblem ? await answer.json() : { status: answer.status, detail: `${answer.status}` });
}

// A name of the request, so that it is carried out once when it is sent again.
function newName() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function post(path, etag, question) {
  const options = { method: 'POST', body: JSON.stringify(question),
    headers: { 'content-type': 'application/json', 'idempotency-key': newName(), ...(etag ? { 'if-match': etag } : {}) } };
  let answer;
  try {
    answer = await send(path, options);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    answer = await send(path, options); // the line broke: the same request once more
  }
  return { etag: answer.headers.get('etag'), ...(await answer.json()) };
}

const query = (filter) => new URLSearchParams(Object.entries(filter).filter(([, value]) => value)).toString();

export const list = async (filter) => (await send(`v1/review?${query(filter)}`)).json();
export const follow = async (link) => (await send(link)).json();
export const summary = async () => (await send('v1/review/summary')).json();
export const item = async (id) => (await send(`v1/review/${id}`)).json();
export const decide = (id, etag, question) => post(`v1/review/${id}`, etag, question);
export const tryBulk = (question) => post('v1/review/bulk', null, { ...question, dry_run: true });
export const doBulk = (etag, question) => post('v1/review/bulk', etag, question);
export const exportSheet = async (filter) => (await send(`v1/review/decisions?${query(filter)}`)).blob();
export const importSheet = async (file) => (await send('v1/review/decisions', { method: 'POST', body: file, headers: { 'content-type': 'text/csv' } })).json();
