// jobs_latency.mjs - how long a question takes alone, and beside a job.
//
//     node tests/bench/jobs_latency.mjs [ROWS]        after ./dev load
//
// One client asks one question after the other with 2 ms between; percentiles of
// the time that each took, over HTTP on this machine.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startService } from '../e2e/service.mjs';

const NAMES = ['乍浦镇', '山塘村', '平湖市新仓镇朝阳路158号', '独山港镇黄菇村', '', '嘉兴市平湖市乍浦镇瓦山村'];
const ASKED = ['乍浦镇', '平湖市新仓镇朝阳路158号', 'zhapu', '独山港镇黄菇村', '乍浦镇瓦山村', '当湖街道'];
const rows = Number(process.argv[2] ?? 200000);
const folder = mkdtempSync(join(tmpdir(), 'diming-latency-'));
const service = await startService(['--jobs', join(folder, 'jobs')]);

async function measure(ends) {
  const took = [];
  for (let i = 0; !ends(i); i += 1) {
    const began = performance.now();
    await (await fetch(`${service.url}/v1/geocode?q=${encodeURIComponent(ASKED[i % ASKED.length])}`)).arrayBuffer();
    took.push(performance.now() - began);
    await sleep(2);
  }
  took.sort((a, b) => a - b);
  const at = (part) => took[Math.floor((took.length - 1) * part)].toFixed(2);
  return `${took.length} questions, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`;
}

await measure((i) => i >= 200); // warm
console.log(`alone:        ${await measure((i) => i >= 1000)}`);
const table = `编号,地址\n${Array.from({ length: rows }, (_, i) => `${i},${NAMES[i % NAMES.length]}${i % 7 ? '' : `${i}号`}`).join('\n')}\n`;
const job = await (await fetch(`${service.url}/v1/batch?mode=job`, { method: 'POST', body: table, headers: { 'content-type': 'text/csv' } })).json();
let last = job;
const watch = (async () => {
  while (['queued', 'running'].includes(last.status)) {
    last = await (await fetch(`${service.url}/v1/batch/jobs/${job.id}`)).json();
    await sleep(100);
  }
})();
console.log(`beside a job: ${await measure(() => !['queued', 'running'].includes(last.status))}`);
await watch;
console.log(`the job:      ${last.status}, ${last.rows_done} rows, ${last.rows_per_second} a second`);
await service.stop();
rmSync(folder, { recursive: true, force: true });
