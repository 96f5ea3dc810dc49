// Plan: clients that say nothing, or say it slowly, starve nobody. With a
// thousand idle connections, fifty that drip their heads and fifty that stop in
// the middle of a body, all open the whole time, the requests of others are all
// answered 200. A process that may open only as many files as a shell allows at
// first raises the limit, or says that it cannot. Nothing here judges how long
// an answer takes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import test from 'node:test';
import { startService } from './service.mjs';

const IDLE = 1000;
const SLOW = 50;
const ASKED = 300;
const AT_ONCE = 20;
const DRIP_MS = 200;
// Only so that a service that answers never ends the test with a message.
const PATIENCE = AbortSignal.timeout(120_000);

const HEAD = 'GET /healthz HTTP/1.1\r\nHost: slow\r\nX-Slow: ';
const BODY = 'POST /v1/batch HTTP/1.1\r\nHost: slow\r\nContent-Type: text/csv\r\nContent-Length: 1000\r\n\r\naddress\n';

// Keeps `count` connections open: one that the service closes is opened again.
class Crowd {
  sockets = new Set();

  constructor(port, count, behave) {
    Object.assign(this, { port, behave });
    this.ready = Promise.all(Array.from({ length: count }, () => this.#open()));
  }

  #open() {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1', () => { this.behave(socket); resolve(); });
      this.sockets.add(socket);
      socket.on('error', () => {});
      socket.resume();
      socket.on('close', () => {
        clearInterval(socket.timer);
        this.sockets.delete(socket);
        if (!this.isOver) this.#open();
      });
    });
  }

  end() {
    this.isOver = true;
    for (const socket of this.sockets) socket.destroy();
  }
}

const say = (text) => (socket) => socket.write(text);
const drip = (socket) => {
  socket.write(HEAD);
  socket.timer = setInterval(() => socket.write('x'), DRIP_MS);
};

// Every client asks in turn; half of them on a new connection each time.
async function askAll(url) {
  const paths = ['/v1/geocode?q=乍浦镇', '/v1/reverse?lon=121.08&lat=30.61', '/v1/suggest?q=zhap', '/healthz'];
  const statuses = new Map();
  let left = ASKED;
  const client = async (_, index) => {
    while (left > 0) {
      left -= 1;
      const headers = index % 2 === 0 ? { connection: 'close' } : {};
      const answer = await fetch(new URL(paths[left % paths.length], url), { headers, signal: PATIENCE });
      await answer.arrayBuffer();
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
  return Object.fromEntries(statuses);
}

const filesOf = ({ pid }) => Number(readFileSync(`/proc/${pid}/limits`, 'utf8').match(/Max open files\s+(\d+)/)[1]);

async function beside(launcher) {
  const service = await startService(['--no-rebuild'], launcher);
  const { port } = new URL(service.url);
  const crowds = [[IDLE, () => {}], [SLOW, drip], [SLOW, say(BODY)]].map(([count, behave]) => new Crowd(port, count, behave));
  try {
    await Promise.all(crowds.map((crowd) => crowd.ready));
    assert.deepEqual(await askAll(service.url), { 200: ASKED });
    assert.ok(filesOf(service.child) > IDLE + 2 * SLOW + AT_ONCE, `${filesOf(service.child)} open files`);
  } finally {
    for (const crowd of crowds) crowd.end();
    await service.stop();
  }
}

test('a thousand idle, fifty dripping and fifty half-sent requests starve nobody', () => beside([]));

test('nor under the limit of 1,024 open files that a shell gives at first', () => beside(['prlimit', '--nofile=1024:8192']));

test('a limit that cannot be raised is said', async () => {
  const service = await startService(['--no-rebuild'], ['prlimit', '--nofile=300:300']);
  assert.equal((await fetch(new URL('/healthz', service.url))).status, 200);
  await service.stop();
  assert.match(service.output(), /may open 300 files only/);
});
