// The API answers as its own description says.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { makeImage, makeVideo } from './support/ffmpeg.mjs';
import { startNode, temporaryFolder } from './support/node.mjs';
import { problems } from './support/schema.mjs';

const promised = [
  'get /healthz', 'get /readyz', 'get /api/status', 'get /api/events',
  'post /api/streams/create', 'get /api/streams', 'get /api/streams/all', 'get /api/streams/{}',
  'get /api/streams/status/{}', 'post /api/streams/{}/start', 'post /api/streams/start',
  'post /api/streams/{}/stop', 'delete /api/streams/{}', 'post /api/streams/cleanup',
  'get /static/streams/{}/{}', 'post /api/streams/{}/images', 'get /api/streams/{}/images',
  'get /api/images/{}', 'get /api/images/{}/original', 'get /api/images/{}/thumbnail',
  'patch /api/images/{}', 'delete /api/images/{}', 'post /api/videos', 'get /api/videos',
  'get /api/videos/{}', 'get /api/videos/{}/file', 'patch /api/videos/{}', 'delete /api/videos/{}',
  'post /api/notes', 'get /api/notes', 'get /api/notes/{}', 'patch /api/notes/{}',
  'get /api/notes/{}/versions', 'get /api/notes/{}/versions/{}', 'get /api/notes/{}/diff',
  'post /api/notes/{}/restore', 'delete /api/notes/{}', 'get /api/peers', 'post /api/peers',
  'get /api/settings',
];

const bare = (path) => path.replace(/\{[^}]*\}/g, '{}');

/** The description as {"get /api/notes/{}": operation}. */
function operations(document) {
  return new Map(Object.entries(document.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => [`${verb} ${bare(path)}`, operation])));
}

/** Calls that check each answer against the description; `seen` collects the routes. */
function checked(api, document, seen) {
  const table = operations(document);
  return async (verb, template, path, options) => {
    const name = `${verb} ${template}`;
    const operation = table.get(name);
    assert.ok(operation, `${name} is not described`);
    const answer = await api.raw(verb.toUpperCase(), path, options);
    const [status, response] = Object.entries(operation.responses)[0];
    assert.equal(String(answer.status), status, `${name}: ${answer.text.slice(0, 300)}`);
    const [type, content] = Object.entries(response.content ?? {})[0] ?? [];
    if (type === 'application/json') {
      assert.ok(answer.json, `${name}: no JSON`);
      assert.deepEqual(problems(answer.json, content.schema, document), [], name);
    }
    seen.add(name);
    return answer.json;
  };
}

describe('the description of the API', () => {
  it('is OpenAPI 3.1 and holds every promised route', async (t) => {
    const { api } = await startNode(t);
    const document = await api.get('/api/openapi.json');
    assert.match(document.openapi, /^3\.1\./);
    const table = operations(document);
    assert.deepEqual(promised.filter((each) => !table.has(each)), []);
    for (const [name, operation] of table) {
      assert.ok(operation.operationId && operation.summary, name);
      assert.ok(operation['x-access'], `${name} says who may call it`);
    }
  });

  it('is what the routes answer', async (t) => {
    const { api } = await startNode(t);
    const folder = await temporaryFolder(t, 'files');
    const document = await api.get('/api/openapi.json');
    const seen = new Set();
    const call = checked(api, document, seen);

    const stream = await call('post', '/api/streams/create', '/api/streams/create', { json: { stream_name: 'A' } });
    const at = `/api/streams/${stream.stream_id}`;
    await call('get', '/api/streams/{}', at);
    await call('get', '/api/streams/status/{}', `/api/streams/status/${stream.stream_id}`);
    const bytes = await readFile(await makeImage(t, folder, 'a.png', '32x32'));
    const file = { filename: 'a.png', type: 'image/png', bytes };
    const image = await api.upload(`${at}/images`, file, { visibility: 'public' });
    await call('get', '/api/streams/{}/images', `${at}/images`);
    await call('get', '/api/images/{}', `/api/images/${image.image_id}`);
    const film = await readFile(await makeVideo(t, folder, 'a.mp4', { seconds: 1 }));
    const video = await api.upload('/api/videos', { filename: 'a.mp4', type: 'video/mp4', bytes: film });
    await call('get', '/api/videos/{}', `/api/videos/${video.video_id}`);

    const fields = { title: 'A', text: 'a', tags: ['x'], shared: true };
    const note = await call('post', '/api/notes', '/api/notes', { json: fields });
    const of = `/api/notes/${note.note_id}`;
    const next = await call('patch', '/api/notes/{}', of, { json: { base: note.version, text: 'b' } });
    await call('get', '/api/notes/{}', of);
    await call('get', '/api/notes/{}/versions', `${of}/versions`);
    await call('get', '/api/notes/{}/versions/{}', `${of}/versions/${encodeURIComponent(note.version)}`);
    const query = new URLSearchParams({ from: note.version, to: next.version });
    await call('get', '/api/notes/{}/diff', `${of}/diff?${query}`);
    await call('post', '/api/notes/{}/restore', `${of}/restore`, { json: { version: note.version } });

    // Every route that needs no id, now that there is something to list.
    for (const [name, operation] of operations(document)) {
      const [verb, path] = name.split(' ');
      const type = Object.keys(operation.responses['200']?.content ?? {})[0];
      if (verb === 'get' && !path.includes('{') && type === 'application/json') await call(verb, path, path);
    }
    await call('post', '/api/streams/cleanup', '/api/streams/cleanup', { json: {} });
    await call('delete', '/api/notes/{}', of);
    await call('delete', '/api/streams/{}', at);
    assert.ok(seen.has('get /api/status') && seen.has('get /api/peers') && seen.has('get /api/settings'));
  });

  it('errors have their form', async (t) => {
    const { api } = await startNode(t);
    const document = await api.get('/api/openapi.json');
    for (const path of ['/api/nothing', '/api/notes/00000000-0000-4000-8000-000000000000', '/api/streams/none']) {
      const answer = await api.raw('GET', path);
      assert.equal(answer.status, 404);
      assert.deepEqual(problems(answer.json, document.components.schemas.Error, document), [], path);
    }
  });
});
