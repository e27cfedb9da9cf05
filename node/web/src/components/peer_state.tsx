import type { Peer, PeerState } from '../api/types';
import { plural } from '../text/format';

const words: Record<PeerState, string> = {
  connected: 'Connected',
  connecting: 'Connecting',
  unreachable: 'Unreachable',
  nearby: 'Nearby',
  revoked: 'Revoked',
};
const kinds: Record<PeerState, string> = {
  connected: 'good',
  connecting: 'warn',
  unreachable: 'bad',
  nearby: 'accent',
  revoked: 'bad',
};

export function PeerStateBadge({ state }: { state: PeerState }) {
  return (
    <span class={`badge ${kinds[state] ?? ''}`} data-testid="peer-state" data-state={state}>
      {words[state] ?? state}
    </span>
  );
}

/** How far a peer is behind, in words. */
export function behindWords({ behind, state }: Peer): string {
  if (behind === null || behind === undefined) return '–';
  if (behind === 0) return state === 'connected' ? 'Up to date' : 'Nothing missing';
  return `${plural(behind, 'change')} behind`;
}
