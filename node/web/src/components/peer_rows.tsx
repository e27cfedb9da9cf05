import type { Peer } from '../api/types';
import { behindWords, PeerStateBadge } from './peer_state';

/** Peers in a few words each, for the dashboard. */
export function PeerRows({ peers }: { peers: Peer[] }) {
  return (
    <ul class="plain list">
      {peers.map((peer) => (
        <li key={peer.node_id}>
          <div class="grow">
            <div class="clip">{peer.name || peer.address || peer.node_id}</div>
            <div class="muted small">{peer.why || behindWords(peer)}</div>
          </div>
          <PeerStateBadge state={peer.state} />
        </li>
      ))}
    </ul>
  );
}
