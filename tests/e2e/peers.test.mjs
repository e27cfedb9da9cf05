// Two nodes with one cluster secret: what is shared arrives, what is private stays.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { makeImage } from './support/ffmpeg.mjs';
import { connected, startNode, startPair, temporaryFolder } from './support/node.mjs';
import { holds, timed, until } from './support/wait.mjs';

const hasNote = async (node, id) => (await node.api.list('/api/notes')).some((each) => each.note_id === id);
const textOf = async (node, id) => (await node.api.get(`/api/notes/${id}`)).text;

/** Whether the words occur anywhere in the files of a node. */
async function stores(node, words) {
  const wanted = Buffer.from(words);
  for (const entry of await readdir(node.dataDir, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.path ?? entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
    if (bytes.includes(wanted)) return true;
  }
  return false;
}

describe('peers', () => {
  it('share notes within a second, both ways', async (t) => {
    const [first, second] = await startPair(t);
    const { note_id: id, version } = await first.api.note({ title: 'Plan', text: 'meet at noon', shared: true });
    const taken = await timed(() => until('the note', () => hasNote(second, id), { everyMs: 20 }));
    assert.ok(taken < 1_000, `arrived after ${Math.round(taken)} ms`);
    assert.equal(await textOf(second, id), 'meet at noon');
    await second.api.patch(`/api/notes/${id}`, { base: version, text: 'meet at one' });
    await until('the edit', async () => (await textOf(first, id)) === 'meet at one', { withinMs: 2_000 });
    const { contributors } = await first.api.get(`/api/notes/${id}`);
    assert.equal(contributors.length, 2);
    await until('found by its words', async () =>
      (await second.api.list('/api/notes?q=meet')).some((each) => each.note_id === id));
  });

  it('share the catalogue of streams without their keys', async (t) => {
    const [first, second] = await startPair(t);
    const stream = await first.api.stream({ stream_name: 'Stage', description: 'the left side' });
    const seen = await until('the stream', async () =>
      (await second.api.list('/api/streams/all')).find((each) => each.stream_id === stream.stream_id));
    assert.equal(seen.stream_name, 'Stage');
    assert.equal(seen.node_id, first.id);
    assert.ok(!JSON.stringify(seen).includes(stream.stream_key));
    assert.ok(!(await second.api.list('/api/streams')).some((each) => each.stream_id === stream.stream_id));
    await holds('no key on the other node', async () => !(await stores(second, stream.stream_key)), { forMs: 500 });
    assert.notEqual((await second.api.raw('GET', `/api/streams/${stream.stream_key}`)).status, 200);
  });

  it('share the metadata of public images, not of private ones', async (t) => {
    const [first, second] = await startPair(t);
    const stream = await first.api.stream();
    const folder = await temporaryFolder(t, 'images');
    const bytes = await readFile(await makeImage(t, folder, 'a.png', '320x240'));
    const path = `/api/streams/${stream.stream_id}/images`;
    const file = { filename: 'a.png', type: 'image/png', bytes };
    const send = (visibility) => first.api.upload(path, file, { visibility });
    const hidden = await send('private');
    const open = await send('public');
    const seen = await until('the image', async () =>
      (await second.api.list(path)).find((each) => each.image_id === open.image_id));
    assert.deepEqual([seen.width, seen.height], [320, 240]);
    assert.ok(!(await second.api.list(path)).some((each) => each.image_id === hidden.image_id));
    assert.equal((await second.api.raw('GET', `/api/images/${hidden.image_id}/original`)).status, 404);
    const picture = await until('its thumbnail', async () => {
      const answer = await second.api.raw('GET', seen.thumbnail_url);
      return answer.status === 200 && answer;
    });
    assert.equal(picture.headers['content-type'], 'image/jpeg');
  });

  it('keep private notes at home until they are shared, and then only their present text', async (t) => {
    const [first, second] = await startPair(t);
    const early = 'the-first-wording-nobody-saw';
    const { note_id: id, version } = await first.api.note({ title: 'Diary', text: early });
    const { version: next } = await first.api.patch(`/api/notes/${id}`, { base: version, text: 'only-for-me-0451' });
    await first.api.note({ title: 'Marker', text: 'here', shared: true });
    await until('the marker', async () =>
      (await second.api.list('/api/notes')).some(({ title }) => title === 'Marker'));
    assert.ok(!(await hasNote(second, id)));
    assert.ok(!(await stores(second, 'only-for-me-0451')), 'the text is in no file of the other node');
    await first.api.patch(`/api/notes/${id}`, { base: next, shared: true });
    await until('the shared note', () => hasNote(second, id));
    assert.equal(await textOf(second, id), 'only-for-me-0451');
    assert.ok(!(await stores(second, early)), 'its private history stays');
    await first.api.patch(`/api/notes/${id}`, { shared: false });
    await until('gone again', async () => !(await hasNote(second, id)));
    assert.ok(await hasNote(first, id));
  });

  it('merge what both wrote while they were apart', async (t) => {
    const [first, second] = await startPair(t);
    const { note_id: id, version } = await first.api.note({ title: 'List', text: 'milk\nbread\n', shared: true });
    await until('the note', () => hasNote(second, id));
    await second.stop();
    await first.api.patch(`/api/notes/${id}`, { base: version, edits: [{ pos: 0, del: 0, ins: 'eggs\n' }] });
    // The second node comes up alone, without an address to call, and is edited.
    const alone = await startNode(t, { name: 'barn', secret: second.options.secret, dataDir: second.dataDir });
    await alone.api.patch(`/api/notes/${id}`, { base: version, edits: [{ pos: 11, del: 0, ins: 'salt\n' }] });
    await alone.stop();
    await second.up();
    for (const node of [first, second]) {
      await until('the merged text', async () => (await textOf(node, id)) === 'eggs\nmilk\nbread\nsalt\n');
    }
  });

  it('catch up after a crash and a restart', async (t) => {
    const [first, second] = await startPair(t);
    await second.crash();
    const ids = [];
    for (let index = 0; index < 30; ++index) {
      ids.push((await first.api.note({ title: `While away ${index}`, shared: true })).note_id);
    }
    await second.up();
    await connected(second, first);
    await until('all thirty', async () => {
      const there = new Set((await second.api.list('/api/notes')).map((each) => each.note_id));
      return ids.every((id) => there.has(id));
    });
    await first.restart();
    // The first node came back on another port: it is the second that has to be told.
    const more = await first.api.note({ title: 'After', shared: true });
    await second.api.post('/api/peers', { address: first.peer });
    await until('the note after the restart', () => hasNote(second, more.note_id), { withinMs: 20_000 });
  });

  it('tell a stranger with another secret nothing', async (t) => {
    const first = await startNode(t, { name: 'attic', secret: 'the real secret of this cluster' });
    const { note_id: id } = await first.api.note({ title: 'Ours', text: 'inside', shared: true });
    const stranger = await startNode(t, { name: 'stranger', secret: 'a guess at the secret', fixed: [first.peer] });
    const seen = await until('the stranger’s view', async () =>
      (await stranger.api.peers()).find((each) => each.state !== 'connecting'));
    assert.equal(seen.state, 'unreachable');
    assert.ok(seen.why, 'it says why');
    await holds('nothing arrives', async () => !(await hasNote(stranger, id)) && !(await stores(stranger, 'inside')));
    assert.equal((await first.api.get('/api/status')).counts.peers, 0);
  });

  it('do not answer a connection that knows no secret', async (t) => {
    const first = await startNode(t, { name: 'attic', secret: 'the real secret of this cluster' });
    const [host, port] = first.peer.split(':');
    const heard = await new Promise((resolve) => {
      const parts = [];
      const socket = createConnection({ host, port: Number(port) }, () => socket.write(Buffer.alloc(300, 0x17)));
      socket.on('data', (part) => parts.push(part));
      socket.on('error', () => resolve(Buffer.concat(parts)));
      socket.on('close', () => resolve(Buffer.concat(parts)));
    });
    assert.equal(heard.length, 0, 'not one byte that shows what listens here');
  });

  it('count the links that are up', async (t) => {
    const [first, second] = await startPair(t);
    const count = async () => (await first.api.get('/api/status')).counts.peers;
    assert.equal(await count(), 1);
    await second.stop();
    await until('no link', async () => (await count()) === 0);
    const [seen] = await first.api.peers();
    assert.equal(seen.node_id, second.id);
    assert.notEqual(seen.state, 'connected');
  });
});
