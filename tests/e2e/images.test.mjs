// Images of a stream: upload, thumbnail, visibility, deletion, the gallery of the page.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { byId, openBrowser, openPage } from './support/browser.mjs';
import { makeImage, probe } from './support/ffmpeg.mjs';
import { startNode, temporaryFolder } from './support/node.mjs';
import { until } from './support/wait.mjs';

const types = { jpg: 'image/jpeg', png: 'image/png', gif: 'image/gif', webp: 'image/webp', bmp: 'image/bmp' };

async function prepare(t) {
  const node = await startNode(t);
  const folder = await temporaryFolder(t, 'images');
  const stream = await node.api.stream();
  return { node, folder, path: `/api/streams/${stream.stream_id}/images`, stream };
}

async function upload(t, { node, folder, path }, name = 'a.jpg', size = '640x480', visibility = 'public') {
  const file = await makeImage(t, folder, name, size);
  const bytes = await readFile(file);
  const type = types[name.split('.').at(-1)];
  return { ...(await node.api.upload(path, { filename: name, type, bytes }, { visibility })), bytes };
}

describe('images', () => {
  it('takes every format and answers its true size', async (t) => {
    const place = await prepare(t);
    for (const ending of Object.keys(types)) {
      const image = await upload(t, place, `a.${ending}`, '320x200');
      assert.deepEqual([image.width, image.height], [320, 200], ending);
      assert.equal(image.size, image.bytes.length, ending);
      const original = await place.node.api.raw('GET', `/api/images/${image.image_id}/original`);
      assert.ok(original.bytes.equals(image.bytes), `${ending}: the original comes back byte for byte`);
    }
    assert.equal((await place.node.api.list(place.path)).length, 5);
  });

  it('makes a thumbnail of at most 200×200', async (t) => {
    const place = await prepare(t);
    const image = await upload(t, place);
    const answer = await until('the thumbnail', async () => {
      const tried = await place.node.api.raw('GET', image.thumbnail_url);
      return tried.status === 200 && tried;
    });
    assert.equal(answer.headers['content-type'], 'image/jpeg');
    const file = join(place.folder, 'thumbnail.jpg');
    await writeFile(file, answer.bytes);
    const [seen] = (await probe(t, file)).streams;
    assert.ok(seen.width <= 200 && seen.height <= 200 && Math.max(seen.width, seen.height) === 200);
  });

  it('changes visibility and deletes', async (t) => {
    const place = await prepare(t);
    const image = await upload(t, place, 'a.png', '64x64', 'private');
    assert.equal(image.visibility, 'private');
    await place.node.api.patch(`/api/images/${image.image_id}`, { visibility: 'subscribers' });
    assert.equal((await place.node.api.get(`/api/images/${image.image_id}`)).visibility, 'subscribers');
    const refused = await place.node.api.raw('PATCH', `/api/images/${image.image_id}`, { json: { visibility: 'all' } });
    assert.equal(refused.status, 400);
    await place.node.api.delete(`/api/images/${image.image_id}`);
    assert.equal((await place.node.api.raw('GET', `/api/images/${image.image_id}`)).status, 404);
    assert.equal((await place.node.api.list(place.path)).length, 0);
  });

  it('refuses what is no image, too large, or one too many', async (t) => {
    const place = await prepare(t);
    const send = (bytes, name = 'a.jpg') => {
      const file = { filename: name, type: 'image/jpeg', bytes };
      const sent = place.node.api.upload(place.path, file, { visibility: 'public' });
      return sent.then(() => 'taken', (error) => error.status);
    };
    assert.ok([400, 415, 422].includes(await send(Buffer.from('this is text, whatever its name'))));
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>';
    assert.ok([400, 415, 422].includes(await send(Buffer.from(svg), 'a.svg')));
    assert.equal(await send(Buffer.alloc(21 * 1024 * 1024, 1)), 413);
    const other = await startNode(t, { name: 'small', args: ['--images.max_per_stream', '1'] });
    const stream = await other.api.stream();
    const there = { ...place, node: other, path: `/api/streams/${stream.stream_id}/images` };
    await upload(t, there, 'b.png', '32x32');
    await assert.rejects(upload(t, there, 'c.png', '32x32'), (error) => error.status >= 400 && error.status < 500);
  });

  it('shows in the gallery of the page at once, and opens large', async (t) => {
    const place = await prepare(t);
    const page = await openPage(await openBrowser(t), `${place.node.http}/live/${place.stream.stream_id}`);
    await byId(page, 'stream-image-drop-input').waitFor({ state: 'attached' });
    await upload(t, place);
    const item = byId(page, 'gallery-item').first();
    await item.waitFor();
    await item.click();
    await until('the large picture', () =>
      byId(page, 'lightbox-image').evaluate((image) => image.complete && image.naturalWidth === 640));
  });

  it('is uploaded by the page', async (t) => {
    const place = await prepare(t);
    const file = await makeImage(t, place.folder, 'page.png');
    const page = await openPage(await openBrowser(t), `${place.node.http}/live/${place.stream.stream_id}`);
    await byId(page, 'stream-image-drop-input').setInputFiles(file);
    await byId(page, 'gallery-item').first().waitFor();
    assert.equal((await place.node.api.list(place.path)).length, 1);
  });
});
