import type { StreamState } from '../api/types';

const words: Record<StreamState, string> = {
  waiting: 'Waiting',
  live: 'Live',
  ended: 'Ended',
  error: 'Error',
};
const kinds: Record<StreamState, string> = {
  waiting: 'warn',
  live: 'live',
  ended: '',
  error: 'bad',
};

export function StreamStateBadge({ state }: { state: StreamState }) {
  return (
    <span class={`badge ${kinds[state] ?? ''}`} data-testid="stream-state" data-state={state}>
      {words[state] ?? state}
    </span>
  );
}
