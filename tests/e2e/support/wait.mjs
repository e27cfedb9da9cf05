// Waiting for a condition with a deadline; the only place of the tests where a timer runs.
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Calls `probe` until it answers something truthy, and answers that. An exception counts as "not yet".
 * Throws after `withinMs`, saying what was waited for and what the last attempt gave.
 */
export async function until(what, probe, { withinMs = 10_000, everyMs = 50 } = {}) {
  const deadline = Date.now() + withinMs;
  let last = 'never tried';
  for (;;) {
    try {
      const value = await probe();
      if (value) return value;
      last = `last answer: ${JSON.stringify(value)}`;
    } catch (error) {
      last = `last error: ${error.message}`;
    }
    if (Date.now() >= deadline) throw new Error(`${what}: not within ${withinMs} ms (${last})`);
    await pause(everyMs);
  }
}

/** Makes sure that something stays true for a time, as for "it never arrives". */
export async function holds(what, probe, { forMs = 2_000, everyMs = 100 } = {}) {
  const end = Date.now() + forMs;
  while (Date.now() < end) {
    if (!(await probe())) throw new Error(`${what}: no longer true`);
    await pause(everyMs);
  }
}

/** Milliseconds that `action` took. */
export async function timed(action) {
  const began = performance.now();
  await action();
  return performance.now() - began;
}

/** A moment of `ms`, for tests whose subject is a random moment. */
export const moment = (ms) => pause(ms);

/** `promise`, or an error after `withinMs`. */
export async function within(what, promise, withinMs) {
  const late = new AbortController();
  try {
    return await Promise.race([
      promise,
      pause(withinMs, undefined, { signal: late.signal }).then(() => {
        throw new Error(`${what}: not within ${withinMs} ms`);
      }),
    ]);
  } finally {
    late.abort();
  }
}
