// Videos: upload, library, Range, playing with seeking, from the node that has it and from another.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { byId, openBrowser, openPage, picture, plays } from './support/browser.mjs';
import { makeVideo } from './support/ffmpeg.mjs';
import { startNode, startPair, temporaryFolder } from './support/node.mjs';
import { until } from './support/wait.mjs';

const player = 'video';

async function uploaded(t, node) {
  const file = await makeVideo(t, await temporaryFolder(t, 'videos'), 'Summer fête.mp4', { seconds: 20 });
  const bytes = await readFile(file);
  const answer = await node.api.upload('/api/videos', { filename: 'Summer fête.mp4', type: 'video/mp4', bytes });
  const video = await until('what the video is', async () => {
    const now = await node.api.get(`/api/videos/${answer.video_id}`);
    return now.duration && now;
  });
  return { video, bytes, file };
}

/** Plays in the page, jumps to 15 s and sees a picture there. */
async function playsAndSeeks(t, node, id) {
  const page = await openPage(await openBrowser(t), `${node.http}/library/${id}`);
  await page.locator(player).waitFor();
  await page.evaluate((chosen) => {
    const video = document.querySelector(chosen);
    video.muted = true;
    return video.play();
  }, player);
  await plays(page, player, { seconds: 1 });
  await page.evaluate((chosen) => {
    document.querySelector(chosen).currentTime = 15;
  }, player);
  await until('a picture at 15 s', async () => {
    const now = await picture(page, player);
    return now.time >= 15 && now.colours > 20;
  });
}

describe('videos', () => {
  it('is uploaded, described and listed', async (t) => {
    const node = await startNode(t);
    const { video, bytes } = await uploaded(t, node);
    assert.equal(video.name, 'Summer fête.mp4');
    assert.equal(video.size, bytes.length);
    assert.ok(Math.abs(video.duration - 20) < 0.5, `20 s, not ${video.duration}`);
    assert.deepEqual([video.width, video.height], [640, 360]);
    assert.match(video.video_codec, /h264/i);
    assert.match(video.audio_codec, /aac/i);
    assert.deepEqual((await node.api.list('/api/videos')).map((each) => each.video_id), [video.video_id]);
    assert.equal((await node.api.list('/api/videos?q=summer')).length, 1);
    assert.equal((await node.api.list('/api/videos?q=winter')).length, 0);
    assert.equal((await node.api.get('/api/status')).counts.videos, 1);
  });

  it('answers ranges as RFC 9110 says', async (t) => {
    const node = await startNode(t);
    const { video, bytes } = await uploaded(t, node);
    const path = `/api/videos/${video.video_id}/file`;
    const get = (range) => node.api.raw('GET', path, { headers: range ? { range } : {} });
    const whole = await get();
    assert.equal(whole.status, 200);
    assert.equal(whole.headers['accept-ranges'], 'bytes');
    assert.ok(whole.bytes.equals(bytes));
    const part = await get('bytes=1000-1999');
    assert.equal(part.status, 206);
    assert.equal(part.headers['content-range'], `bytes 1000-1999/${bytes.length}`);
    assert.ok(part.bytes.equals(bytes.subarray(1000, 2000)));
    assert.ok((await get('bytes=-500')).bytes.equals(bytes.subarray(-500)));
    assert.ok((await get(`bytes=${bytes.length - 10}-`)).bytes.equals(bytes.subarray(-10)));
    const beyond = await get(`bytes=${bytes.length}-`);
    assert.equal(beyond.status, 416);
    assert.equal(beyond.headers['content-range'], `bytes */${bytes.length}`);
  });

  it('plays in the page with seeking', async (t) => {
    const node = await startNode(t);
    const { video } = await uploaded(t, node);
    await playsAndSeeks(t, node, video.video_id);
  });

  it('plays in the page of another node, byte for byte the same', async (t) => {
    const [first, second] = await startPair(t);
    const { video, bytes } = await uploaded(t, first);
    await until('the video on the other node', async () =>
      (await second.api.list('/api/videos')).some((each) => each.video_id === video.video_id));
    const copy = await second.api.raw('GET', `/api/videos/${video.video_id}/file`);
    assert.equal(copy.status, 200);
    assert.ok(copy.bytes.equals(bytes));
    await playsAndSeeks(t, second, video.video_id);
  });

  it('refuses what is no video and what is too large', async (t) => {
    const node = await startNode(t, { args: ['--videos.max_upload_mb', '1'] });
    const send = (bytes) => {
      const sent = node.api.upload('/api/videos', { filename: 'a.mp4', type: 'video/mp4', bytes });
      return sent.then(() => 'taken', (error) => error.status);
    };
    assert.ok([400, 415, 422].includes(await send(Buffer.from('no video at all'.repeat(100)))));
    assert.equal(await send(Buffer.alloc(2 * 1024 * 1024, 7)), 413);
    assert.equal((await node.api.list('/api/videos')).length, 0);
  });

  it('is renamed, tagged and deleted', async (t) => {
    const node = await startNode(t);
    const { video } = await uploaded(t, node);
    await node.api.patch(`/api/videos/${video.video_id}`, { name: 'Fête', tags: ['summer'] });
    const seen = await node.api.get(`/api/videos/${video.video_id}`);
    assert.equal(seen.name, 'Fête');
    assert.deepEqual(seen.tags, ['summer']);
    await node.api.delete(`/api/videos/${video.video_id}`);
    assert.equal((await node.api.raw('GET', `/api/videos/${video.video_id}/file`)).status, 404);
  });

  it('is uploaded by the page and appears in the library', async (t) => {
    const node = await startNode(t);
    const file = await makeVideo(t, await temporaryFolder(t, 'videos'), 'page.mp4', { seconds: 3 });
    const page = await openPage(await openBrowser(t), `${node.http}/upload`);
    await byId(page, 'video-drop-input').setInputFiles(file);
    await until('the upload', async () => (await node.api.list('/api/videos')).length === 1);
    await byId(page, 'nav-library').first().click();
    await byId(page, 'video-item').first().waitFor();
  });
});
