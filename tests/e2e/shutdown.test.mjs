// Start and stop: everything is let go of in time, nothing is lost, and what is wrong is said.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { publish, sourceFile } from './support/ffmpeg.mjs';
import { bin, Node, startNode, startPair, temporaryFolder } from './support/node.mjs';
import { run } from './support/process.mjs';
import { timed, until, within } from './support/wait.mjs';

async function takenPort(t) {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return server.address().port;
}

describe('start and stop', () => {
  it('SIGTERM ends it within 5 s with a live stream, a listener for events and a peer', async (t) => {
    const [first, second] = await startPair(t);
    const stream = await second.api.stream();
    publish(t, await sourceFile(t), `${second.rtmp}/${stream.stream_key}`);
    await until('live', async () => (await second.api.get(`/api/streams/${stream.stream_id}`)).status === 'live');
    const events = await fetch(`${second.http}/api/events`);
    assert.equal(events.headers.get('content-type').split(';')[0], 'text/event-stream');
    const reading = events.text().catch(() => 'cut');
    const { note_id: id } = await second.api.note({ title: 'last words', shared: true });
    let status;
    const taken = await timed(async () => {
      status = await second.stop();
    });
    assert.equal(status, 0);
    assert.ok(taken < 5_000, `it took ${Math.round(taken)} ms`);
    assert.ok(!existsSync(join(second.dataDir, 'run.json')), 'run.json is gone');
    await within('the end of the events', reading, 2_000);
    assert.ok(first.alive());
    await second.up();
    assert.equal((await second.api.get(`/api/notes/${id}`)).title, 'last words');
  });

  it('SIGINT ends it too', async (t) => {
    const node = await startNode(t);
    assert.equal(await node.task.stop('SIGINT'), 0);
  });

  it('keeps its identity over a restart', async (t) => {
    const node = await startNode(t);
    const before = node.id;
    await node.restart();
    assert.equal(node.id, before);
  });

  for (const listener of ['http', 'rtmp', 'peer']) {
    it(`says that the port of ${listener} is in use`, async (t) => {
      const port = await takenPort(t);
      const dataDir = await temporaryFolder(t, 'busy');
      const node = new Node(t, { dataDir, ports: { [listener]: port } });
      const task = node.launch([`--${listener}.listen`, '127.0.0.1']);
      const status = await within('its end', task.ended, 10_000);
      assert.ok(Number(status) > 0, `status ${status}`);
      assert.match(task.output, /in use|taken|another program/i);
      assert.ok(task.output.includes(String(port)), task.output);
      assert.ok(!existsSync(join(dataDir, 'run.json')));
    });
  }

  it('refuses a data folder that another node uses', async (t) => {
    const node = await startNode(t);
    const second = new Node(t, { dataDir: node.dataDir });
    const task = second.launch();
    assert.ok(Number(await within('its end', task.ended, 10_000)) > 0);
    assert.match(task.output, /in use|already|another|locked/i);
    assert.equal((await node.api.get('/healthz')) !== undefined, true, 'the first is not disturbed');
    assert.ok(existsSync(join(node.dataDir, 'run.json')));
  });

  it('starts over what a crash left behind', async (t) => {
    const node = await startNode(t);
    await node.crash();
    assert.ok(existsSync(join(node.dataDir, 'run.json')), 'a crash leaves it');
    await node.up();
    assert.equal((await node.api.raw('GET', '/readyz')).status, 200);
  });

  it('--check reads the configuration and says what is wrong', async (t) => {
    const folder = await temporaryFolder(t, 'config');
    const check = async (text) => {
      const file = join(folder, 'node.conf');
      await writeFile(file, text);
      return run(t, bin('hearthd'), ['--config', file, '--check', '--data-dir', folder]);
    };
    assert.equal((await check('[http]\nport = 9000\n')).status, 0);
    for (const [text, word] of [
      ['[http]\nport = 99999\n', /http\.port/],
      ['[http]\nport = "many"\n', /http\.port/],
      ['[http\n', /line 1|:1/],
      ['[htp]\nport = 1\n', /htp/],
      ['[streams]\nmax = -1\n', /streams\.max/],
    ]) {
      const checked = await check(text);
      assert.notEqual(checked.status, 0, text);
      assert.match(checked.output, word);
    }
    assert.ok(!existsSync(join(folder, 'run.json')), 'it only reads');
  });
});
