// Test plan: the Debian package, unpacked into an empty folder: what is in it,
// what it needs, its scripts; the program from there finds the shipped data,
// answers and serves; the manual page is sound and has every command.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { diming, root, scratch, startService } from './service.mjs';

const call = (program, args, options = {}) => spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26, ...options });

// Makes the package in the release build; null where that cannot be.
function makePackage() {
  const build = join(root, 'build', 'release');
  if (!existsSync(join(build, 'CPackConfig.cmake')) || call('dpkg-deb', ['--version']).error) return null;
  const made = call('cmake', ['--build', build, '--target', 'deb']);
  assert.equal(made.status, 0, made.stdout + made.stderr);
  const [name] = readdirSync(join(root, 'build')).filter((file) => /^diming_.*\.deb$/.test(file)).map((file) => join(root, 'build', file))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  return name;
}

test('the package holds the program, its data, unit and manual, and works from there', async (t) => {
  const file = makePackage();
  if (!file) return t.skip('no release build, or no dpkg-deb here');
  const contents = call('dpkg-deb', ['--contents', file]).stdout;
  for (const path of ['usr/bin/diming', 'usr/lib/systemd/system/diming.service', 'usr/share/man/man1/diming.1.gz', 'usr/share/diming/data/load.txt',
    'usr/share/doc/diming/copyright', 'usr/share/doc/diming/changelog.gz', 'usr/share/doc/diming/api.md', 'usr/share/doc/diming/operations.md'])
    assert.match(contents, new RegExp(`root/root .* \\./${path}\n`), path);
  assert.doesNotMatch(contents, /tests\/|\.part|CMake/);
  assert.doesNotMatch(contents, new RegExp(root));
  const depends = call('dpkg-deb', ['--field', file, 'Depends']).stdout;
  for (const name of ['libc6', 'libcivetweb1', 'libgdal', 'libicu', 'libsqlite3-0', 'adduser', 'fonts-noto-cjk']) assert.ok(depends.includes(name), name);
  const folder = scratch(t);
  const [control, clean] = [join(folder, 'control'), join(folder, 'root')];
  assert.equal(call('dpkg-deb', ['--control', file, control]).status, 0);
  for (const script of ['postinst', 'prerm', 'postrm']) {
    assert.equal(call('sh', ['-n', join(control, script)]).status, 0, script);
    assert.equal(statSync(join(control, script)).mode & 0o777, 0o755);
  }
  assert.equal(call('dpkg-deb', ['-x', file, clean]).status, 0);
  const program = join(clean, 'usr', 'bin', 'diming');
  const db = join(folder, 'diming.db');
  const run = (...args) => call(program, [...args, '--db', db], { cwd: folder });
  assert.equal(run('init').status, 0);
  const loaded = run('load');
  assert.equal(loaded.status, 0, loaded.stderr);
  assert.equal(run('build').status, 0);
  assert.match(run('geocode', '乍浦镇').stdout, /平湖市乍浦镇/);
  const service = await startService(['--db', db, '--snapshot', join(folder, 'diming.snap')], ['sh', '-c', `shift; exec '${program}' "$@"`, 'sh']);
  t.after(() => service.stop());
  assert.equal((await fetch(`${service.url}/healthz`)).status, 200);
  assert.match(await (await fetch(service.url)).text(), /<html/);
});

test('the manual page is sound and tells of every command', (t) => {
  const page = call(diming, ['help', '--man']);
  assert.equal(page.status, 0);
  const commands = [...call(diming, ['help']).stdout.matchAll(/^ {2}([a-z]+) {2,}/gm)].map((found) => found[1]);
  assert.ok(commands.length > 15);
  for (const name of commands) assert.match(page.stdout, new RegExp(`^\\.SS ${name} `, 'm'));
  assert.match(page.stdout, /^\.B \\-\\-jobs \\fIDIR\\fR$/m);
  const file = join(scratch(t), 'diming.1');
  writeFileSync(file, page.stdout);
  const judged = call('man', ['--warnings', '-E', 'UTF-8', '-l', '-Tutf8', '-Z', file], { env: { ...process.env, LC_ALL: 'C.UTF-8', MANWIDTH: '80', MANROFFSEQ: '' } });
  if (judged.error) return t.skip('no man here to judge the page');
  assert.equal(judged.stderr, '');
  const packed = join(root, 'build', 'release', 'diming.1.gz');
  if (existsSync(packed)) assert.equal(gunzipSync(readFileSync(packed)).toString(), page.stdout);
});
