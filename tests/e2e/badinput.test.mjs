// Bad input: a clear error, the sender's connection at most, and everybody else unaffected.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createConnection } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { publish, sourceFile } from './support/ffmpeg.mjs';
import { startNode } from './support/node.mjs';
import { until, within } from './support/wait.mjs';

/** Sends bytes and answers what came back until the other side closed or `forMs` passed. */
function talk(address, chunks, { forMs = 6_000, end = false } = {}) {
  const at = address.lastIndexOf(':');
  return new Promise((resolve) => {
    const parts = [];
    const socket = createConnection({ host: address.slice(0, at), port: Number(address.slice(at + 1)) }, () => {
      for (const chunk of chunks) socket.write(chunk);
      if (end) socket.end();
    });
    const finish = (closed) => {
      socket.destroy();
      resolve({ closed, bytes: Buffer.concat(parts), text: Buffer.concat(parts).toString('latin1') });
    };
    socket.setTimeout(forMs, () => finish(false));
    socket.on('data', (part) => parts.push(part));
    socket.on('error', () => finish(true));
    socket.on('close', () => finish(true));
  });
}

const c0c1 = Buffer.concat([Buffer.from([3]), Buffer.alloc(1536)]);

/** An RTMP handshake that is done right, and then these bytes. */
function afterHandshake(address, bytes) {
  return talk(address, [c0c1, Buffer.alloc(1536), bytes]);
}

describe('bad input', () => {
  let node;
  let stream;
  let publisher;
  const finalizers = [];
  const context = { after: (action) => finalizers.push(action) };

  before(async () => {
    node = await startNode(context);
    stream = await node.api.stream();
    publisher = publish(context, await sourceFile(context), `${node.rtmp}/${stream.stream_key}`);
    await until('live', async () => (await node.api.get(`/api/streams/${stream.stream_id}`)).status === 'live');
  });

  after(async () => {
    for (const action of finalizers.reverse()) await action();
  });

  /** The others are unaffected: the stream is live, the API answers, the process is the same one. */
  async function unaffected() {
    assert.ok(node.alive(), node.log.slice(-2000));
    assert.equal(publisher.status, undefined, publisher.output);
    const first = await node.api.get(`/api/streams/${stream.stream_id}`);
    assert.equal(first.status, 'live');
    await until('bytes still come', async () =>
      (await node.api.get(`/api/streams/${stream.stream_id}`)).bytes_received > first.bytes_received);
  }

  it('RTMP: noise, a wrong version, cut handshakes, impossible chunks', async () => {
    const rtmp = new URL(node.rtmp.replace('rtmp:', 'http:')).host;
    const noise = await talk(rtmp, [randomBytes(5000)]);
    assert.ok(noise.closed || noise.bytes.length < 8000);
    await talk(rtmp, [Buffer.from([9]), Buffer.alloc(1536)]);
    await talk(rtmp, [c0c1.subarray(0, 700)], { end: true });
    // A message of 16 MiB on a chunk stream that nobody opened, then one of an unknown type.
    const huge = Buffer.from([0x03, 0, 0, 0, 0xff, 0xff, 0xff, 0x14, 0, 0, 0, 0]);
    assert.ok((await afterHandshake(rtmp, huge)).closed, 'a message that is too long ends the connection');
    // A continuation of a chunk stream that has no message yet.
    assert.ok((await afterHandshake(rtmp, Buffer.from([0xc5, 1, 2, 3]))).closed);
    // Set chunk size 0.
    assert.ok((await afterHandshake(rtmp, Buffer.from([2, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0, 0, 0, 0, 0]))).closed);
    // A command whose AMF0 string says that it is longer than the message.
    const amf = Buffer.from([3, 0, 0, 0, 0, 0, 5, 0x14, 0, 0, 0, 0, 2, 0xff, 0xff, 0x61, 0x62]);
    assert.ok((await afterHandshake(rtmp, amf)).closed);
    await unaffected();
  });

  it('HTTP: malformed requests, too long, wrong types, wrong JSON', async () => {
    const http = new URL(node.http).host;
    const status = async (text) =>
      Number((await talk(http, [text], { forMs: 1_500 })).text.match(/^HTTP\/1\.1 (\d+)/)?.[1] ?? 0);
    assert.ok([0, 400].includes(await status('nonsense\r\n\r\n')));
    assert.ok([400, 414, 431].includes(await status(`GET /${'a'.repeat(70_000)} HTTP/1.1\r\nHost: ${http}\r\n\r\n`)));
    assert.ok([400, 431].includes(await status(`GET / HTTP/1.1\r\nHost: ${http}\r\nX: ${'b'.repeat(70_000)}\r\n\r\n`)));
    assert.ok([400, 403, 421].includes(await status('GET / HTTP/1.1\r\n\r\n')), 'no Host');
    const lengths = 'Content-Length: 5\r\nTransfer-Encoding: chunked';
    const both = `POST /api/notes HTTP/1.1\r\nHost: ${http}\r\n${lengths}\r\n\r\n0\r\n\r\n`;
    assert.ok([400, 403].includes(await status(both)), 'two lengths');
    for (const [method, path, body, wanted] of [
      ['POST', '/api/notes', '{"title": ', 400],
      ['POST', '/api/notes', '[]', 400],
      ['POST', '/api/notes', '{"title": 7}', 400],
      ['POST', '/api/notes', `${'['.repeat(100_000)}`, 400],
      ['POST', '/api/streams/create', '{}', 400],
      ['POST', '/api/streams/create', '{"stream_name": "", "resolution": "huge"}', 400],
      ['GET', '/api/nothing', undefined, 404],
      ['GET', '/static/streams/../../etc/passwd', undefined, 404],
      ['GET', '/%2e%2e/%2e%2e/etc/passwd', undefined, 404],
      ['PUT', '/api/status', '{}', 405],
      ['GET', '/api/notes?limit=-1', undefined, 400],
      ['GET', '/api/notes?limit=many', undefined, 400],
      ['GET', '/api/streams/not-an-id', undefined, 404],
    ]) {
      const headers = body === undefined ? {} : { 'content-type': 'application/json' };
      const answer = await node.api.raw(method, path, { body, headers });
      assert.equal(answer.status, wanted, `${method} ${path} ${body?.slice(0, 30)}: ${answer.status} ${answer.text}`);
      const { code, message, hint } = answer.json.error;
      assert.ok(code && message && hint !== undefined, `${method} ${path}: ${answer.text}`);
    }
    await unaffected();
  });

  it('multipart: no boundary, no end, no file, a wrong name', async () => {
    const path = `/api/streams/${stream.stream_id}/images`;
    const send = (body, type) => node.api.raw('POST', path, { body, headers: { 'content-type': type } });
    const part = 'Content-Disposition: form-data; name="file"; filename="../../a.png"\r\n';
    for (const [body, type] of [
      ['whatever', 'multipart/form-data'],
      ['whatever', 'multipart/form-data; boundary='],
      [`--b\r\n${part}Content-Type: image/png\r\n\r\nbytes`, 'multipart/form-data; boundary=b'],
      ['--b--\r\n', 'multipart/form-data; boundary=b'],
      [`--b\r\n${'X: y\r\n'.repeat(20_000)}\r\n`, 'multipart/form-data; boundary=b'],
      [`--b\r\n${part}\r\nnot an image\r\n--b--\r\n`, 'multipart/form-data; boundary=b'],
      ['{}', 'application/json'],
    ]) {
      const answer = await send(body, type);
      assert.ok([400, 413, 415, 422].includes(answer.status), `${type} ${body.slice(0, 20)}: ${answer.status}`);
      assert.ok(answer.json.error.message);
    }
    assert.equal((await node.api.list(path)).length, 0);
    await unaffected();
  });

  it('images: cut, lying about their size, and bombs', async () => {
    const path = `/api/streams/${stream.stream_id}/images`;
    const send = (bytes, type = 'image/png') =>
      node.api.upload(path, { filename: 'a.png', type, bytes }, { visibility: 'public' }).then(
        () => 'taken',
        (error) => error.status,
      );
    const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const header = Buffer.from('0000000d49484452000186a0000186a00806000000', 'hex'); // 100000×100000
    for (const bytes of [
      signature,
      Buffer.concat([signature, header, Buffer.alloc(64)]),
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(2000)]),
      Buffer.concat([Buffer.from('GIF89a'), Buffer.from([0xff, 0xff, 0xff, 0xff, 0x80, 0, 0]), randomBytes(100)]),
      Buffer.concat([Buffer.from('RIFF'), Buffer.from([0xff, 0xff, 0xff, 0x7f]), Buffer.from('WEBPVP8 ')]),
    ]) {
      assert.ok([400, 413, 415, 422].includes(await send(bytes)), bytes.subarray(0, 12).toString('hex'));
    }
    assert.equal((await node.api.list(path)).length, 0);
    await unaffected();
  });

  it('peers: noise, silence, an endless frame', async () => {
    const peer = node.peer;
    assert.ok((await talk(peer, [randomBytes(4000)], { forMs: 15_000 })).closed);
    assert.ok((await talk(peer, [Buffer.from([0xff, 0xff]), Buffer.alloc(70_000)], { forMs: 15_000 })).closed);
    const silent = await within('the end of silence', talk(peer, [], { forMs: 30_000 }), 31_000);
    assert.ok(silent.closed, 'somebody who says nothing is not kept for ever');
    await unaffected();
  });

  it('slow and many: half requests do not keep others out', async () => {
    const http = new URL(node.http).host;
    const half = `GET / HTTP/1.1\r\nHost: ${http}\r\n`;
    const slow = Array.from({ length: 50 }, () => talk(http, [half], { forMs: 3_000 }));
    const answer = await within('an answer meanwhile', node.api.get('/api/status'), 2_000);
    assert.ok(answer.node_id);
    await Promise.all(slow);
    await unaffected();
  });
});
