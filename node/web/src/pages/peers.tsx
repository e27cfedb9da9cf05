import { useState } from 'preact/hooks';
import { ApiError } from '../api/client';
import { addPeer, listPeers } from '../api/node';
import type { Peer } from '../api/types';
import { behindWords, PeerStateBadge } from '../components/peer_state';
import { Cut, Empty, Loading, Problem } from '../components/notice';
import { PageHead } from '../components/page_head';
import { sayDone } from '../state/messages';
import { useResource } from '../state/resource';

const refreshMs = 5_000;

function AddPeer({ onAdded }: { onAdded: () => void }) {
  const [error, setError] = useState<ApiError>();
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const address = String(new FormData(form).get('address') ?? '').trim();
    try {
      await addPeer(address);
      setError(undefined);
      form.reset();
      sayDone(`Trying ${address}.`);
      onAdded();
    } catch (caught) {
      if (caught instanceof ApiError) setError(caught);
    }
  };
  return (
    <form class="card stack" onSubmit={(event) => void submit(event)} data-testid="peer-add-form">
      <div class="field">
        <label for="peer-address">Add a node by its address</label>
        <div class="row">
          <input
            id="peer-address"
            name="address"
            class="input grow"
            required
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            placeholder="192.168.1.20:8481"
            data-testid="peer-address"
          />
          <button type="submit" class="button primary" data-testid="peer-add">
            Add
          </button>
        </div>
        <span class="help">For networks where nodes cannot find each other by themselves.</span>
      </div>
      {error && <Problem error={error} />}
    </form>
  );
}

function Row({ peer }: { peer: Peer }) {
  const rtt = typeof peer.rtt_ms === 'number' ? `${Math.round(peer.rtt_ms * 10) / 10} ms` : '–';
  return (
    <tr data-testid="peer-item" data-node-id={peer.node_id}>
      <td>
        <strong>{peer.name || 'Unnamed node'}</strong>
        <div class="muted small mono">{peer.node_id.slice(0, 10)}</div>
      </td>
      <td>
        <PeerStateBadge state={peer.state} />
        {peer.why && (
          <div class="muted small" data-testid="peer-why">
            {peer.why}
          </div>
        )}
      </td>
      <td class="keep" data-label="Sync">
        {behindWords(peer)}
      </td>
      <td class="number" data-label="Round trip">
        {rtt}
      </td>
      <td data-label="Address">
        <span class="mono keep">{peer.address || '–'}</span>
        {peer.found_by && <div class="muted small">found by {peer.found_by}</div>}
      </td>
    </tr>
  );
}

export function PeersPage() {
  const { data, error, reload } = useResource('peers', listPeers, [{ topic: 'peers' }], {
    everyMs: refreshMs,
  });
  const peers = data?.items ?? [];
  return (
    <div class="page">
      <PageHead title="Peers" lead="Members of this cluster, and nodes nearby." />
      {error && <Problem error={error} retry={reload} />}
      {!data && !error && <Loading />}
      {data && !peers.length && (
        <Empty icon="peers" title="No other node so far">
          <span>Start a node with the same cluster secret on this network, or add one below.</span>
        </Empty>
      )}
      {peers.length > 0 && (
        <div class="card table-frame">
          <table class="table folds" data-testid="peer-list">
            <caption class="unseen">Peers</caption>
            <thead>
              <tr>
                <th scope="col">Node</th>
                <th scope="col">State</th>
                <th scope="col">Sync</th>
                <th scope="col">Round trip</th>
                <th scope="col">Address</th>
              </tr>
            </thead>
            <tbody>
              {peers.map((peer) => (
                <Row key={peer.node_id} peer={peer} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {data?.cut && <Cut shown={peers.length} />}
      <AddPeer onAdded={reload} />
    </div>
  );
}
