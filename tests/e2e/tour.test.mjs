// The README's tour, run as it is written there: whoever follows it must get what it promises.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Api } from './support/api.mjs';
import { byId, openBrowser, openPage, plays } from './support/browser.mjs';
import { temporaryFolder } from './support/node.mjs';
import { start } from './support/process.mjs';
import { until } from './support/wait.mjs';

/** The blocks of shell commands under the heading of the tour. */
async function commands() {
  const readme = await readFile('README.md', 'utf8');
  const [, tour] = readme.match(/^## [^\n]*\btour\b[^\n]*\n(.*?)(?=^## |(?![^]))/ims) ?? assert.fail('no tour');
  return [...tour.matchAll(/^```sh\n(.*?)^```$/gms)].map((each) => each[1]);
}

/** A port that nothing listens on: the wanted one, if that is so. */
function freePort(wanted) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', () => (wanted ? freePort(0).then(resolve, reject) : reject(new Error('no free port'))));
    server.listen(wanted, '0.0.0.0', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The same commands with other ports in place of those that something else uses here. */
async function withFreePorts(blocks) {
  const wanted = [...new Set(blocks.join('').match(/(?<=(?:_port |\.port |:))\d{4,5}\b/g))];
  const free = new Map();
  for (const port of wanted) free.set(port, await freePort(Number(port)));
  return blocks.map((block) => block.replace(/(?<=[ :])\d{4,5}\b/g, (port) => free.get(port) ?? port));
}

/** One bash for the whole tour, as a person would have; what it leaves running is killed by its pid. */
class Shell {
  constructor(t, home) {
    this.home = home;
    this.pids = new Set();
    this.blocks = 0;
    t.after(() => this.killJobs());
    const inherited = Object.entries(process.env).filter(([key]) => !key.startsWith('HEARTH_'));
    const options = { env: { ...Object.fromEntries(inherited), HOME: home }, stdio: ['pipe', 'pipe', 'pipe'] };
    this.task = start(t, 'bash', ['--norc', '-e', '-o', 'pipefail'], options);
  }

  /** Runs one block; answers what it printed. A failing command ends the shell, and fails this. */
  async run(block) {
    const file = join(this.home, `block-${++this.blocks}`);
    await writeFile(file, block);
    const before = this.task.output.length;
    const stdoutBefore = this.task.stdout.length;
    const done = new RegExp(`^tour:${this.blocks}:([\\d ]*)$`, 'm');
    this.task.child.stdin.write(`. ${file} < /dev/null; echo "tour:${this.blocks}:" $(jobs -p)\n`);
    const [, jobs] = await until(`the end of:\n${block}`, () => {
      if (this.task.status !== undefined) return ['', ''];
      return this.task.stdout.match(done);
    }, { withinMs: 60_000 });
    assert.equal(this.task.status, undefined, `failed:\n${block}\n${this.task.output.slice(before)}`);
    for (const pid of jobs.trim().split(/\s+/).filter(Boolean)) this.pids.add(Number(pid));
    return this.task.stdout.slice(stdoutBefore).replace(done, '');
  }

  running() {
    return [...this.pids].filter((pid) => existsSync(`/proc/${pid}`));
  }

  killJobs() {
    for (const pid of this.running()) process.kill(pid, 'SIGKILL');
  }
}

/** The API of a node of the tour, once it is up. */
async function nodeIn(folder) {
  const file = join(folder, 'run.json');
  const { http } = await until(file, () => existsSync(file) && JSON.parse(readFileSync(file, 'utf8')));
  return new Api({ base: `http://${http}` });
}

const linked = (api) => async () => (await api.peers()).some((each) => each.state === 'connected');

async function watchInPage(t, beta, id) {
  const page = await openPage(await openBrowser(t), `${beta.base}/live`);
  await byId(page, 'stream-link').filter({ hasText: 'Stage' }).first().click();
  const shown = await plays(page);
  assert.deepEqual([shown.width, shown.height], [1280, 720]);
  assert.ok(page.url().endsWith(id), page.url());
  return page;
}

describe('tour', () => {
  it('of the README works as written', async (t) => {
    const home = await temporaryFolder(t, 'tour');
    const [nodes, peers, live, streams, image, images, note, edit, history, stop, ...rest] =
      await withFreePorts(await commands());
    assert.ok(stop && rest.length === 0, 'the tour has other steps than this test knows');
    const shell = new Shell(t, home);

    await shell.run(nodes);
    const alpha = await nodeIn(join(home, 'hearth-tour/alpha'));
    const beta = await nodeIn(join(home, 'hearth-tour/beta'));
    await until('a link of both', async () => (await linked(alpha)()) && (await linked(beta)()));
    assert.match(await shell.run(peers), /^alpha +connected/m);

    await shell.run(live);
    const { stream_id: id } = await until('a live stream on beta', async () =>
      (await beta.list('/api/streams/all')).find((each) => each.status === 'live' && each.resolution),
    { withinMs: 15_000 });
    assert.match(await shell.run(streams), new RegExp(`^Stage +live +1280x720 .* alpha +${id}`, 'm'));
    const page = await watchInPage(t, beta, id);
    await until('beta counted as a viewer on alpha', async () =>
      (await alpha.get(`/api/streams/${id}`)).viewers === 1);

    await shell.run(image);
    await byId(page, 'gallery-item').first().waitFor();
    assert.match(await shell.run(images), /^\S+ +960x640 +jpeg/m);
    const [seen] = await beta.list(`/api/streams/${id}/images`);
    assert.equal((await beta.get(seen.url)).subarray(0, 2).toString('hex'), 'ffd8');

    await shell.run(note);
    await until('the note on beta', async () => (await beta.list('/api/notes')).length === 1);
    assert.match(await shell.run(edit), /Doors open at \*\*19:00\*\*/);
    const [written] = await alpha.list('/api/notes');
    await until('the change on alpha', async () =>
      (await alpha.get(`/api/notes/${written.note_id}`)).text === 'Doors open at **19:30**.');
    assert.match(await shell.run(history), /beta/);

    assert.equal(shell.running().length, 3, 'two nodes and an encoder');
    await shell.run(stop);
    assert.deepEqual(shell.running(), []);
    assert.equal(existsSync(join(home, 'hearth-tour')), false);
  });
});
