// One way to call the node: JSON in and out, errors with the node's own words, a deadline on every
// call.

const deadlineMs = 20_000;

/** What the node, or the way to it, said instead of an answer. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }

  /** True when the node was not reached, so that a later try may do. */
  get unreachable(): boolean {
    return this.status === 0;
  }
}

type Listener = () => void;
const unreachableListeners = new Set<Listener>();

/** Calls `listener` each time a call did not reach the node. */
export function onUnreachable(listener: Listener): void {
  unreachableListeners.add(listener);
}

function unreachable(): ApiError {
  unreachableListeners.forEach((listener) => listener());
  return new ApiError(
    0,
    'unreachable',
    'The node does not answer.',
    'Check that it runs and that this device is on its network. The page tries again by itself.',
  );
}

/** Reads the node's error answer; anything else becomes a plain sentence about the status. */
export function errorFrom(status: number, body: string): ApiError {
  if (status === 0) return unreachable();
  try {
    const said = JSON.parse(body)?.error;
    if (said && typeof said.message === 'string') {
      return new ApiError(status, String(said.code ?? ''), said.message, String(said.hint ?? ''));
    }
  } catch {
    // Not JSON: a proxy in between answered.
  }
  return new ApiError(status, '', `The node answered with status ${status}.`, '');
}

export interface CallOptions {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  body?: unknown;
  signal?: AbortSignal;
  keepalive?: boolean;
}

/**
 * Calls `path` and answers the JSON of the answer, `undefined` for an empty one. Throws ApiError.
 */
export async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), deadlineMs);
  const stop = () => limit.abort();
  options.signal?.addEventListener('abort', stop);
  try {
    const init: RequestInit = {
      method: options.method ?? 'GET',
      signal: limit.signal,
      credentials: 'same-origin',
      cache: 'no-store',
      keepalive: options.keepalive ?? false,
      headers: { Accept: 'application/json' },
    };
    if (options.body !== undefined) {
      init.body = JSON.stringify(options.body);
      init.headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
    }
    const answer = await fetch(path, init);
    const text = await answer.text();
    if (!answer.ok) throw errorFrom(answer.status, text);
    return (text ? JSON.parse(text) : undefined) as T;
  } catch (error) {
    if (error instanceof ApiError) throw error;
    if (options.signal?.aborted) throw new DOMException('superseded', 'AbortError');
    if (error instanceof SyntaxError) {
      throw new ApiError(502, 'bad_answer', 'The answer is not from a Hearth node.', '');
    }
    throw unreachable();
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', stop);
  }
}

/** A query string of the parameters that are not empty, with its question mark. */
export function query(parameters: Record<string, string | number | undefined>): string {
  const made = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') made.set(name, String(value));
  }
  const text = made.toString();
  return text && `?${text}`;
}

/** One part of a path. */
export function segment(id: string): string {
  return encodeURIComponent(id);
}
