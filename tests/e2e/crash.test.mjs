// kill -9 at random moments: what was acknowledged is there afterwards, every time.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { it } from 'node:test';
import { makeImage } from './support/ffmpeg.mjs';
import { startNode, temporaryFolder } from './support/node.mjs';
import { moment } from './support/wait.mjs';

const rounds = 20;

/** Numbers from 0 to 1 that a seed determines (mulberry32). */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Writes one thing after the other until the node dies; remembers only what was acknowledged. */
async function writer(node, kept, random, image, name) {
  for (let count = 0; ; ++count) {
    const text = `${name} ${count}`;
    try {
      const kind = random();
      if (kind < 0.4) {
        const made = await node.api.note({ title: text, text, shared: random() < 0.5 });
        kept.notes.set(made.note_id, text);
      } else if (kind < 0.6 && kept.notes.size) {
        const ids = [...kept.notes.keys()].filter((id) => kept.notes.get(id).startsWith(name));
        const id = ids[Math.floor(random() * ids.length)];
        if (!id) continue;
        kept.unsure.set(id, text);
        await node.api.patch(`/api/notes/${id}`, { text });
        kept.notes.set(id, text);
        kept.unsure.delete(id);
      } else if (kind < 0.85) {
        const made = await node.api.stream({ stream_name: text });
        kept.streams.set(made.stream_id, made.stream_key);
      } else {
        const path = `/api/streams/${kept.home}/images`;
        const file = { filename: 'a.png', type: 'image/png', bytes: image };
        const made = await node.api.upload(path, file, { visibility: 'public' });
        kept.images.add(made.image_id);
      }
    } catch (error) {
      if (error.status) throw error; // an answer, not a dead node
      return;
    }
  }
}

async function checkAll(node, kept, image) {
  const notes = new Set((await node.api.list('/api/notes?limit=500')).map((each) => each.note_id));
  for (const [id, text] of kept.notes) {
    assert.ok(notes.has(id), `note ${id} (${text}) is lost`);
    const allowed = [text, kept.unsure.get(id)];
    assert.ok(allowed.includes((await node.api.get(`/api/notes/${id}`)).text), `the text of note ${id}`);
  }
  for (const [id, key] of kept.streams) {
    assert.equal((await node.api.get(`/api/streams/${id}`)).stream_key, key, `stream ${id}`);
  }
  for (const id of kept.images) {
    const { bytes } = await node.api.raw('GET', `/api/images/${id}/original`);
    assert.ok(bytes.equals(image), `image ${id}`);
  }
}

it(`everything acknowledged survives ${rounds} times kill -9`, { timeout: 400_000 }, async (t) => {
  const seed = Number(process.env.HEARTH_CRASH_SEED ?? Date.now() % 1_000_000);
  console.log(`seed ${seed}; replay with HEARTH_CRASH_SEED=${seed}`);
  const random = randomOf(seed);
  const image = await readFile(await makeImage(t, await temporaryFolder(t, 'images'), 'a.png', '32x32'));
  const node = await startNode(t, { name: 'crashing', args: ['--images.max_per_stream', '10000'] });
  const kept = { notes: new Map(), unsure: new Map(), streams: new Map(), images: new Set() };
  kept.home = (await node.api.stream({ stream_name: 'home' })).stream_id;
  for (let round = 0; round < rounds; ++round) {
    const writers = [1, 2, 3].map((index) => writer(node, kept, random, image, `r${round}w${index}`));
    await moment(20 + random() * 700);
    await node.crash();
    await Promise.all(writers);
    await node.up();
    await checkAll(node, kept, image);
    // What was cut off in the middle may be there or not; from here on it is what it is.
    for (const id of kept.unsure.keys()) kept.notes.set(id, (await node.api.get(`/api/notes/${id}`)).text);
    kept.unsure.clear();
  }
  console.log(`${kept.notes.size} notes, ${kept.streams.size} streams, ${kept.images.size} images kept`);
  assert.ok(kept.notes.size > rounds && kept.streams.size > rounds, 'the rounds wrote something');
});
