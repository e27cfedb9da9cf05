// Hosts of a pretend network find each other with nothing but the cluster secret.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { startLan, whyNoLan } from './support/lan.mjs';
import { connected, startNode, temporaryFolder } from './support/node.mjs';
import { start } from './support/process.mjs';
import { timed, until } from './support/wait.mjs';

const names = ['', 'attic', 'barn', 'cellar'];
const secret = 'nothing but this secret in node.conf';

/** A node on a host of the lab, configured by a node.conf that holds the secret only. */
async function nodeOn(t, lan, host) {
  const dataDir = await temporaryFolder(t, `host${host}`);
  const file = join(dataDir, 'node.conf');
  await writeFile(file, `[cluster]\nsecret = "${secret}"\n`, { mode: 0o600 });
  return startNode(t, { name: names[host], discovery: true, dataDir, wrap: lan.on(host), args: ['--config', file] });
}

async function allConnected(nodes, withinMs = 20_000) {
  for (const one of nodes) for (const other of nodes) if (one !== other) await connected(one, other, withinMs);
}

const hasNote = (node, id) => async () =>
  (await node.api.list('/api/notes')).some((each) => each.note_id === id);
const hasStream = (node, id) => async () =>
  (await node.api.list('/api/streams/all')).some((each) => each.stream_id === id);

describe('discovery', { skip: whyNoLan() ?? false }, () => {
  it('three hosts find each other, share at once, lose one and get it back', async (t) => {
    const lan = startLan(t, 'efind', 3);
    const capture = join(await temporaryFolder(t, 'wire'), 'wire.pcap');
    const sniffer = start(t, lan.on(1)[0], [...lan.on(1).slice(1), 'tcpdump', '-i', 'eth0', '-U', '-w', capture]);
    await until('the capture', () => sniffer.output.includes('listening on'));
    const nodes = [];
    for (const host of [1, 2, 3]) nodes.push(await nodeOn(t, lan, host));
    await allConnected(nodes);
    const [one, two, three] = nodes;
    // Of each link one side called the other; that one says how it had found it.
    const ways = (await Promise.all(nodes.map((node) => node.api.peers()))).flat().map((peer) => peer.found_by);
    assert.equal(ways.filter((way) => way === 'mdns').length >= 3, true, ways.join(', '));

    const note = await one.api.note({ title: 'a-title-on-no-wire', text: 'a-text-on-no-wire', shared: true });
    const stream = await two.api.stream({ stream_name: 'a-name-on-no-wire' });
    const taken = await timed(async () => {
      for (const node of [two, three]) await until('the note', hasNote(node, note.note_id), { everyMs: 20 });
      for (const node of [one, three]) await until('the stream', hasStream(node, stream.stream_id), { everyMs: 20 });
    });
    assert.ok(taken < 1_000, `everywhere after ${Math.round(taken)} ms`);

    lan.cut(3);
    const links = async () => (await one.api.get('/api/status')).counts.peers;
    await until('the loss noticed', async () => (await links()) === 1, { withinMs: 60_000 });
    const apart = await one.api.note({ title: 'while apart', shared: true });
    const alone = await three.api.note({ title: 'alone', shared: true });
    lan.heal(3);
    await until('what was written while apart', hasNote(three, apart.note_id), { withinMs: 60_000 });
    await until('what was written alone', hasNote(two, alone.note_id), { withinMs: 60_000 });

    await sniffer.stop();
    const wire = await readFile(capture);
    assert.ok(wire.length > 2_000, 'something was captured');
    for (const words of ['a-title-on-no-wire', 'a-text-on-no-wire', 'a-name-on-no-wire', stream.stream_key, secret]) {
      assert.ok(!wire.includes(words), `${words} was sent in the clear`);
    }
  });

  it('a node runs without Avahi, says so, and finds its peers when Avahi comes', async (t) => {
    const lan = startLan(t, 'eavahi', 2);
    lan.avahi('stop', 2);
    const one = await nodeOn(t, lan, 1);
    const two = await nodeOn(t, lan, 2);
    await until('the log says so', () => /avahi/i.test(two.log));
    const { note_id: id } = await two.api.note({ title: 'before', shared: true });
    assert.equal((await two.api.peers()).filter((each) => each.state === 'connected').length, 0);
    lan.avahi('start', 2);
    await connected(two, one, 40_000);
    await until('the note', hasNote(one, id));
    // A daemon that goes away later must not take the link along, nor hinder the next find.
    lan.avahi('stop', 2);
    const { note_id: later } = await one.api.note({ title: 'later', shared: true });
    await until('the link lives on', hasNote(two, later));
  });
});
