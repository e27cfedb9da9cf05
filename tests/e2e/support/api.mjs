// The HTTP API as the tests call it, over TCP or over the node's Unix socket.
import { request as httpRequest } from 'node:http';

export class ApiFailure extends Error {
  constructor(method, path, { status, json, text }) {
    const { code, message } = json?.error ?? {};
    super(`${method} ${path}: ${status} ${code ?? ''} ${message ?? text?.slice(0, 200)}`);
    this.status = status;
    this.code = code;
  }
}

function send(options, body) {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ agent: false, timeout: 20_000, ...options }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(parts);
        resolve({ status: response.statusCode, headers: response.headers, bytes });
      });
    });
    request.on('timeout', () => request.destroy(new Error('no answer within 20 s')));
    request.on('error', reject);
    request.end(body);
  });
}

function parsed(answer) {
  const text = answer.bytes.toString('utf8');
  const type = answer.headers['content-type'] ?? '';
  return { ...answer, text, json: type.includes('json') && text ? JSON.parse(text) : undefined };
}

/** A multipart body of `{name: value}` and `{name: {filename, type, bytes}}`. */
export function multipart(fields, boundary = 'hearth-e2e-boundary') {
  const parts = [];
  for (const [name, value] of Object.entries(fields)) {
    const file = typeof value === 'object';
    const about = file ? `; filename="${value.filename}"\r\nContent-Type: ${value.type}` : '';
    parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${about}\r\n\r\n`);
    parts.push(file ? value.bytes : value, '\r\n');
  }
  parts.push(`--${boundary}--\r\n`);
  return {
    body: Buffer.concat(parts.map((part) => Buffer.from(part))),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}

export class Api {
  /** `{base: 'http://host:port'}` or `{socket: path}`. */
  constructor({ base, socket }) {
    this.base = base;
    this.socket = socket;
  }

  /** One request, whatever the answer: `{status, headers, bytes, text, json}`. */
  async raw(method, path, { json, body, headers = {} } = {}) {
    const sent = json === undefined ? body : JSON.stringify(json);
    const all = { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers };
    if (sent !== undefined) all['content-length'] = Buffer.byteLength(sent);
    const target = this.socket
      ? { socketPath: this.socket, host: 'localhost', path }
      : { host: new URL(this.base).hostname, port: new URL(this.base).port, path };
    return parsed(await send({ ...target, method, headers: all }, sent));
  }

  /** One request that has to succeed: its JSON, or its bytes. */
  async call(method, path, options) {
    const answer = await this.raw(method, path, options);
    if (answer.status < 200 || answer.status > 299) throw new ApiFailure(method, path, answer);
    return answer.json ?? answer.bytes;
  }

  get(path, options) {
    return this.call('GET', path, options);
  }

  post(path, json, options) {
    return this.call('POST', path, { json, ...options });
  }

  patch(path, json) {
    return this.call('PATCH', path, { json });
  }

  delete(path) {
    return this.call('DELETE', path);
  }

  /** All items of a list, page by page. */
  async list(path) {
    const items = [];
    for (let cursor = ''; cursor !== undefined && cursor !== null; ) {
      const separator = path.includes('?') ? '&' : '?';
      const page = await this.get(cursor ? `${path}${separator}cursor=${encodeURIComponent(cursor)}` : path);
      items.push(...page.items);
      cursor = page.next_cursor || undefined;
    }
    return items;
  }

  peers() {
    return this.list('/api/peers');
  }

  note(fields) {
    return this.post('/api/notes', { title: 'A note', text: '', tags: [], shared: false, ...fields });
  }

  stream(fields) {
    return this.post('/api/streams/create', { stream_name: 'A stream', ...fields });
  }

  upload(path, file, fields = {}) {
    const { body, headers } = multipart({ ...fields, file });
    return this.call('POST', path, { body, headers });
  }
}
