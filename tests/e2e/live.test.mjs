// Live streams: a real FFmpeg publishes, real players watch.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { byId, openBrowser, openPage, plays } from './support/browser.mjs';
import { decodedFrames, probe, publish, sourceFile } from './support/ffmpeg.mjs';
import { startNode } from './support/node.mjs';
import { until, within } from './support/wait.mjs';

const state = async (node, id) => (await node.api.get(`/api/streams/${id}`)).status;
const becomes = (node, id, wanted, withinMs = 15_000) =>
  until(`stream ${wanted}`, async () => (await state(node, id)) === wanted, { withinMs, everyMs: 100 });

/** A node with one published stream: `{node, stream, publisher}`. */
async function liveNode(t, options) {
  const file = await sourceFile(t);
  const node = await startNode(t, options);
  const stream = await node.api.stream({ stream_name: 'Yard' });
  const publisher = publish(t, file, `${node.rtmp}/${stream.stream_key}`);
  await becomes(node, stream.stream_id, 'live');
  return { node, stream, publisher, file };
}

describe('live', () => {
  it('goes from waiting to live to ended and says what the stream is', async (t) => {
    const file = await sourceFile(t);
    const node = await startNode(t);
    const stream = await node.api.stream({ stream_name: 'Yard', resolution: '1080p' });
    assert.equal(stream.status, 'waiting');
    assert.match(stream.stream_key, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.match(stream.rtmp_url, /^rtmp:\/\/[^/]+\/live$/);
    const publisher = publish(t, file, `${node.rtmp}/${stream.stream_key}`);
    await becomes(node, stream.stream_id, 'live');
    const seen = await until('what the stream is', async () => {
      const now = await node.api.get(`/api/streams/${stream.stream_id}`);
      return now.resolution && now.video_codec && now.audio_codec && now.bytes_received > 20_000 && now;
    });
    assert.equal(seen.resolution, '640x360', 'detected, not believed from the form');
    assert.match(seen.video_codec, /h264|avc/i);
    assert.match(seen.audio_codec, /aac|mp4a/i);
    assert.ok(Math.abs(seen.fps - 25) < 2, `25 frames a second, not ${seen.fps}`);
    assert.equal((await node.api.get('/api/status')).counts.active_streams, 1);
    await publisher.stop();
    await becomes(node, stream.stream_id, 'ended');
  });

  it('plays as HLS in ffprobe', async (t) => {
    const { node, stream } = await liveNode(t);
    const address = `${node.http}/static/streams/${stream.stream_id}/stream.m3u8`;
    await until('a playlist', async () => (await fetch(address)).ok);
    const seen = await probe(t, address);
    const kinds = seen.streams.map((each) => each.codec_name).sort();
    assert.deepEqual(kinds, ['aac', 'h264']);
    assert.ok((await decodedFrames(t, address, 2)) >= 40, 'two seconds can be decoded');
  });

  it('plays in Chromium on the page', async (t) => {
    const { node, stream } = await liveNode(t);
    const page = await openPage(await openBrowser(t), `${node.http}/live/${stream.stream_id}`);
    const seen = await plays(page);
    assert.equal(seen.width, 640);
    await until('a viewer counted', async () => (await node.api.get(`/api/streams/${stream.stream_id}`)).viewers >= 1);
  });

  it('plays over RTMP', async (t) => {
    const { node, stream } = await liveNode(t);
    const seen = await probe(t, `${node.rtmp}/${stream.stream_id}`, { args: ['-rw_timeout', '8000000'] });
    assert.ok(seen.streams.some((each) => each.codec_name === 'h264'));
  });

  it('refuses an unknown key with a reason that ffmpeg prints', async (t) => {
    const file = await sourceFile(t);
    const node = await startNode(t);
    const publisher = publish(t, file, `${node.rtmp}/00000000-0000-4000-8000-000000000000`);
    const status = await within('the refusal', publisher.ended, 10_000);
    assert.notEqual(status, 0);
    assert.match(publisher.output, /unknown|not known|no stream|key/i);
  });

  it('refuses a second publisher while the first is alive', async (t) => {
    const { node, stream, publisher, file } = await liveNode(t);
    const second = publish(t, file, `${node.rtmp}/${stream.stream_key}`);
    assert.notEqual(await within('the refusal', second.ended, 10_000), 0);
    assert.match(second.output, /use|already|publish/i);
    assert.equal(publisher.status, undefined, 'the first goes on');
    assert.equal(await state(node, stream.stream_id), 'live');
  });

  it('lets the same key publish again after a stop', async (t) => {
    const { node, stream, publisher, file } = await liveNode(t);
    await publisher.stop('SIGKILL');
    await becomes(node, stream.stream_id, 'ended');
    publish(t, file, `${node.rtmp}/${stream.stream_key}`);
    await becomes(node, stream.stream_id, 'live');
  });

  it('starts and stops idempotently', async (t) => {
    const { node, stream, publisher } = await liveNode(t);
    const path = `/api/streams/${stream.stream_id}`;
    const answers = await Promise.all(Array.from({ length: 8 }, () => node.api.post(`${path}/start`)));
    for (const answer of answers) {
      assert.equal(answer.success, true);
      assert.equal(answer.stream_id, stream.stream_id);
      assert.equal(answer.already_running, true);
      assert.equal(typeof answer.uptime, 'number');
    }
    assert.equal((await fetch(node.http + answers[0].playlist_url)).status, 200);
    const byBody = await node.api.post('/api/streams/start', { stream_id: stream.stream_id });
    assert.equal(byBody.already_running, true);
    await node.api.post(`${path}/stop`);
    await node.api.post(`${path}/stop`);
    await within('the publisher to be sent away', publisher.ended, 10_000);
    await becomes(node, stream.stream_id, 'ended');
  });

  it('deletes the session and its key', async (t) => {
    const { node, stream, publisher, file } = await liveNode(t);
    await node.api.delete(`/api/streams/${stream.stream_id}`);
    await within('the publisher to be sent away', publisher.ended, 10_000);
    assert.equal((await node.api.raw('GET', `/api/streams/${stream.stream_id}`)).status, 404);
    const again = publish(t, file, `${node.rtmp}/${stream.stream_key}`);
    assert.notEqual(await within('the refusal', again.ended, 10_000), 0);
  });

  it('takes ten streams at once and says when an eleventh is too many', async (t) => {
    const file = await sourceFile(t);
    const node = await startNode(t);
    const streams = [];
    for (let index = 0; index < 11; ++index) streams.push(await node.api.stream({ stream_name: `Camera ${index}` }));
    for (const { stream_key: key } of streams.slice(0, 10)) publish(t, file, `${node.rtmp}/${key}`);
    await until('ten live', async () => (await node.api.get('/api/status')).counts.active_streams === 10, {
      withinMs: 30_000,
      everyMs: 200,
    });
    await until('ten playlists', async () => {
      const answers = await Promise.all(streams.slice(0, 10).map(({ stream_id: id }) =>
        node.api.raw('GET', `/static/streams/${id}/stream.m3u8`)));
      return answers.every(({ status }) => status === 200);
    }, { withinMs: 20_000, everyMs: 200 });
    const eleventh = publish(t, file, `${node.rtmp}/${streams[10].stream_key}`);
    assert.notEqual(await within('the refusal', eleventh.ended, 15_000), 0);
    assert.match(eleventh.output, /10|limit|many/i);
  });

  it('shows the key to the owner and not in the list of all nodes’ streams elsewhere', async (t) => {
    const node = await startNode(t);
    const stream = await node.api.stream();
    const lines = JSON.stringify(await node.api.list('/api/streams/all'));
    assert.ok(lines.includes(stream.stream_id));
    assert.ok(!node.log.includes(stream.stream_key), 'the key is not in the log');
  });

  it('is created, copied and started on the page without a reload', async (t) => {
    const file = await sourceFile(t);
    const node = await startNode(t);
    const page = await openPage(await openBrowser(t), `${node.http}/live`);
    await byId(page, 'stream-new').click();
    await byId(page, 'stream-name-input').fill('Front door');
    await byId(page, 'stream-create').click();
    await byId(page, 'stream-created').waitFor();
    assert.match(await byId(page, 'rtmp-url').innerText(), /^rtmp:\/\//);
    const key = await byId(page, 'stream-key').innerText();
    await byId(page, 'stream-open').click();
    publish(t, file, `${node.rtmp}/${key.trim()}`);
    await plays(page, undefined, { seconds: 1 });
    assert.deepEqual(page.problems.filter((each) => each.startsWith('exception')), []);
  });
});
