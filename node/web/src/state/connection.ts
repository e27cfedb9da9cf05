// The event stream of the node, and whether it is there. A lost one is tried again for as long as
// the page is open.
import { onUnreachable } from '../api/client';
import { parseChange, publish, publishAll } from './changes';
import { createStore } from './store';

export type ConnectionState = 'connecting' | 'open' | 'lost';

export const connection = createStore<ConnectionState>('connecting');

const firstRetryMs = 500;
const longestRetryMs = 5_000;
const probeEveryMs = 15_000;
const probeDeadlineMs = 5_000;
/** A tab that nobody looks at gives its connection back: browsers have six to a node. */
const hiddenGraceMs = 60_000;

let source: EventSource | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;
let hiddenTimer: ReturnType<typeof setTimeout> | undefined;
let retryMs = firstRetryMs;

function close(): void {
  source?.close();
  source = undefined;
  clearTimeout(retry);
  retry = undefined;
}

function lose(): void {
  connection.set('lost');
  close();
  retry = setTimeout(open, retryMs);
  retryMs = Math.min(retryMs * 2, longestRetryMs);
}

function open(): void {
  close();
  source = new EventSource('/api/events');
  source.addEventListener('open', () => {
    retryMs = firstRetryMs;
    connection.set('open');
    // What changed while nobody listened, or between a first answer and this moment, was not heard.
    publishAll();
  });
  source.addEventListener('change', (event) => {
    const change = parseChange((event as MessageEvent<string>).data);
    if (change) publish(change);
  });
  source.addEventListener('error', lose);
}

/** A link that was cut without a word is noticed by asking. */
async function probe(): Promise<void> {
  if (connection.get() !== 'open' || document.hidden) return;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), probeDeadlineMs);
  try {
    await fetch('/healthz', { signal: limit.signal, cache: 'no-store' });
  } catch {
    if (connection.get() === 'open') lose();
  } finally {
    clearTimeout(timer);
  }
}

function visibilityChanged(): void {
  clearTimeout(hiddenTimer);
  if (document.hidden) hiddenTimer = setTimeout(close, hiddenGraceMs);
  else if (!source) {
    connection.set('connecting');
    open();
  }
}

/** Opens the event stream; called once. */
export function connect(): void {
  open();
  setInterval(() => void probe(), probeEveryMs);
  onUnreachable(() => void probe());
  document.addEventListener('visibilitychange', visibilityChanged);
}

/** Tries at once instead of at the next turn. */
export function reconnectNow(): void {
  retryMs = firstRetryMs;
  open();
}
