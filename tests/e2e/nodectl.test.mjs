// nodectl: the same nouns as the API, words or JSON, and exit codes that scripts rely on.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bin, startNode, startPair, temporaryFolder } from './support/node.mjs';
import { run } from './support/process.mjs';

const done = 0;
const failed = 1;
const usage = 2;
const unreachable = 3;
const notFound = 5;

describe('nodectl', () => {
  it('shows the status in words and in JSON', async (t) => {
    const node = await startNode(t, { name: 'attic' });
    const words = await node.ctl('status');
    assert.equal(words.status, done);
    assert.match(words.stdout, /attic/);
    const status = await node.ctlJson('status');
    assert.equal(status.node_id, node.id);
    assert.equal(status.counts.notes, 0);
  });

  it('creates, shows, starts, stops and deletes streams', async (t) => {
    const node = await startNode(t);
    const made = await node.ctlJson('streams', 'create', 'Yard');
    assert.ok(made.stream_key && made.rtmp_url);
    assert.match((await node.ctl('streams', 'list')).stdout, /Yard/);
    assert.equal((await node.ctlJson('streams', 'show', made.stream_id)).status, 'waiting');
    for (const verb of ['start', 'stop', 'stop']) {
      assert.equal((await node.ctl('streams', verb, made.stream_id)).status, done, verb);
    }
    assert.equal((await node.ctlJson('streams', 'cleanup')).success, true);
    assert.equal((await node.ctl('streams', 'delete', made.stream_id)).status, done);
    assert.equal((await node.ctl('streams', 'show', made.stream_id)).status, notFound);
  });

  it('creates, edits, shares, searches and restores notes', async (t) => {
    const node = await startNode(t);
    const made = await node.ctlJson('notes', 'create', 'Plan', '--text', 'first words');
    const id = made.note_id;
    assert.equal((await node.ctl('notes', 'edit', id, '--text', 'second words')).status, done);
    assert.match((await node.ctl('notes', 'show', id)).stdout, /second words/);
    assert.equal((await node.ctl('notes', 'share', id)).status, done);
    assert.equal((await node.api.get(`/api/notes/${id}`)).shared, true);
    assert.equal((await node.ctl('notes', 'unshare', id)).status, done);
    assert.match((await node.ctl('notes', 'search', 'second')).stdout, /Plan/);
    assert.equal((await node.ctl('notes', 'history', id)).status, done);
    assert.equal((await node.ctl('notes', 'restore', id, made.version)).status, done);
    assert.equal((await node.api.get(`/api/notes/${id}`)).text, 'first words');
    assert.equal((await node.ctl('notes', 'delete', id)).status, done);
    assert.equal((await node.ctl('notes', 'show', id)).status, notFound);
  });

  it('lists and adds peers', async (t) => {
    const [first, second] = await startPair(t);
    const text = (await second.ctl('peers', 'list')).stdout;
    assert.match(text, /attic/);
    assert.match(text, /connected/);
    assert.ok(JSON.stringify(await second.ctlJson('peers', 'list')).includes(first.id));
    assert.equal((await first.ctl('peers', 'add', 'not an address')).status, failed);
  });

  it('ends with 2 for wrong usage and says what is right', async (t) => {
    const node = await startNode(t);
    for (const words of [[], ['dance'], ['streams', 'dance'], ['notes', 'show'], ['--no-such-flag', 'status']]) {
      const ended = await node.ctl(...words);
      assert.equal(ended.status, usage, `nodectl ${words.join(' ')}: ${ended.output}`);
    }
    assert.equal((await node.ctl('--help')).status, done);
  });

  it('ends with 3 when the node is not there', async (t) => {
    const folder = await temporaryFolder(t, 'nobody');
    const ended = await run(t, bin('nodectl'), ['--data-dir', folder, 'status']);
    assert.equal(ended.status, unreachable);
    assert.match(ended.output, /does not answer|not reachable/i);
    const node = await startNode(t);
    await node.stop();
    assert.equal((await node.ctl('status')).status, unreachable);
  });

  it('keeps errors out of the output that scripts read, and says what to do', async (t) => {
    const node = await startNode(t);
    const ended = await node.ctl('--json', 'notes', 'show', '00000000-0000-4000-8000-000000000000');
    assert.equal(ended.status, notFound);
    assert.equal(ended.stdout, '');
    assert.match(ended.output, /^nodectl: .+\nhint: .+/);
  });
});
