// fastcgi.mjs - asks one FastCGI program over a Unix socket, one request at a
// time, keeping the connection (FastCGI specification 1.0, sections 3 and 5).
import { connect } from 'node:net';

const VERSION = 1;
const BEGIN = 1, END = 3, PARAMS = 4, STDIN = 5, STDOUT = 6, STDERR = 7;
const RESPONDER = 1, KEEP = 1;

function record(type, body) {
  const head = Buffer.alloc(8);
  head[0] = VERSION;
  head[1] = type;
  head.writeUInt16BE(1, 2);
  head.writeUInt16BE(body.length, 4);
  return Buffer.concat([head, body]);
}

function length(size) {
  if (size < 128) return Buffer.from([size]);
  const long = Buffer.alloc(4);
  long.writeUInt32BE((size | 0x80000000) >>> 0);
  return long;
}

function pair(name, value) {
  const [n, v] = [Buffer.from(name), Buffer.from(value)];
  return Buffer.concat([length(n.length), length(v.length), n, v]);
}

// Resolves to {ask, close}; ask(parameters) resolves to {head, body}.
export function openFastCgi(path) {
  const socket = connect(path);
  let input = Buffer.alloc(0);
  let chunks = [];
  let waiting;
  const take = (type, body) => {
    if (type === STDOUT) chunks.push(body);
    if (type === STDERR && body.length) process.stderr.write(body);
    if (type !== END) return;
    const whole = Buffer.concat(chunks);
    const at = whole.indexOf('\r\n\r\n');
    chunks = [];
    waiting.resolve({ head: whole.subarray(0, at).toString(), body: whole.subarray(at + 4) });
  };
  socket.on('data', (more) => {
    input = Buffer.concat([input, more]);
    while (input.length >= 8) {
      const size = input.readUInt16BE(4);
      if (input.length < 8 + size + input[6]) return;
      take(input[1], input.subarray(8, 8 + size));
      input = input.subarray(8 + size + input[6]);
    }
  });
  socket.on('error', (error) => waiting?.reject(error));
  const begin = Buffer.from([0, RESPONDER, KEEP, 0, 0, 0, 0, 0]);
  return {
    ask(parameters) {
      const words = Buffer.concat(Object.entries(parameters).map(([name, value]) => pair(name, value)));
      socket.write(Buffer.concat([
        record(BEGIN, begin), record(PARAMS, words), record(PARAMS, Buffer.alloc(0)), record(STDIN, Buffer.alloc(0)),
      ]));
      return new Promise((resolve, reject) => { waiting = { resolve, reject }; });
    },
    close: () => socket.destroy(),
  };
}
