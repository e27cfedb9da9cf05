// Turns a burst of requests for the same work into few runs of it: never two at once, one more
// after the last request.

export interface Timers {
  set: (run: () => void, ms: number) => unknown;
  clear: (timer: unknown) => void;
}

export const browserTimers: Timers = {
  set: (run, ms) => setTimeout(run, ms),
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

export interface Coalescer {
  /** Asks for a run, `delayMs` after the last request but at most `longestMs` after the first. */
  request: () => void;
  /** Asks for a run at once. */
  now: () => void;
  /** Forgets what was asked; a run under way goes on to its end. */
  stop: () => void;
}

export function createCoalescer(
  work: () => Promise<unknown>,
  delayMs: number,
  longestMs: number,
  timers: Timers = browserTimers,
): Coalescer {
  let quiet: unknown;
  let longest: unknown;
  let running = false;
  let again = false;
  let stopped = false;

  const clear = () => {
    if (quiet !== undefined) timers.clear(quiet);
    if (longest !== undefined) timers.clear(longest);
    quiet = longest = undefined;
  };
  const run = () => {
    clear();
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = true;
    const finished = () => {
      running = false;
      if (!again) return;
      again = false;
      run();
    };
    work().then(finished, finished);
  };
  return {
    request: () => {
      if (stopped) return;
      if (quiet !== undefined) timers.clear(quiet);
      quiet = timers.set(run, delayMs);
      if (longest === undefined) longest = timers.set(run, longestMs);
    },
    now: run,
    stop: () => {
      stopped = true;
      again = false;
      clear();
    },
  };
}
