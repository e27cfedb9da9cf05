// Something that the node knows, kept up to date while a component shows it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../api/client';
import { subscribe, type Interest } from './changes';
import { createCoalescer, type Coalescer } from './coalescer';

const delayMs = 60;
const longestMs = 400;

export interface Resource<T> {
  data: T | undefined;
  error: ApiError | undefined;
  /** True until there is a first answer, good or bad, to the present question. */
  loading: boolean;
  reload: () => void;
}

interface State<T> {
  key: string;
  data?: T | undefined;
  error?: ApiError | undefined;
}

/**
 * Loads what `key` names, and again when one of `interests` changes. While a new key loads, the
 * former answer stays on the screen if `keep` says so. With `everyMs` it is also asked again in
 * that rhythm, while the page is visible.
 */
export function useResource<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  interests: Interest[],
  { keep = false, everyMs = 0 } = {},
): Resource<T> {
  const [state, setState] = useState<State<T>>({ key: '' });
  const coalescer = useRef<Coalescer>();
  const loader = useRef(load);
  loader.current = load;

  useEffect(() => {
    const stop = new AbortController();
    const work = async () => {
      try {
        const data = await loader.current(stop.signal);
        if (!stop.signal.aborted) setState({ key, data });
      } catch (error) {
        if (stop.signal.aborted || !(error instanceof ApiError)) return;
        // A node that is away for a moment does not empty the page.
        setState((old) => ({
          key,
          data: error.unreachable && old.key === key ? old.data : undefined,
          error,
        }));
      }
    };
    const mine = createCoalescer(work, delayMs, longestMs);
    coalescer.current = mine;
    mine.now();
    const unsubscribe = subscribe(interests, mine.request);
    return () => {
      stop.abort();
      mine.stop();
      unsubscribe();
    };
  }, [key]);

  useEffect(() => {
    if (!everyMs) return undefined;
    const timer = setInterval(() => document.hidden || coalescer.current?.request(), everyMs);
    return () => clearInterval(timer);
  }, [key, everyMs]);

  const answered = state.key === key;
  return {
    data: answered || keep ? state.data : undefined,
    error: answered ? state.error : undefined,
    loading: !answered,
    reload: () => coalescer.current?.now(),
  };
}
