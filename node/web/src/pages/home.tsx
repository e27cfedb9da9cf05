import { getStatus, listPeers } from '../api/node';
import { listStreams } from '../api/streams';
import type { Counts } from '../api/types';
import { Icon, type IconName } from '../components/icon';
import { Empty, Loading, Problem } from '../components/notice';
import { PageHead } from '../components/page_head';
import { PeerRows } from '../components/peer_rows';
import { StorageCard } from '../components/storage_card';
import { StreamTile } from '../components/stream_tile';
import { Uptime } from '../components/uptime';
import { useResource } from '../state/resource';
import { plural } from '../text/format';

const refreshMs = 10_000;
const peersShown = 6;

interface Tile {
  count: keyof Counts;
  label: string;
  icon: IconName;
  to: string;
}

const tiles: Tile[] = [
  { count: 'active_streams', label: 'Live streams', icon: 'live', to: '/live' },
  { count: 'videos', label: 'Videos', icon: 'film', to: '/library' },
  { count: 'images', label: 'Images', icon: 'image', to: '/library?view=images' },
  { count: 'notes', label: 'Notes', icon: 'notes', to: '/notes' },
  { count: 'peers', label: 'Peers', icon: 'peers', to: '/peers' },
];

function Stats({ counts }: { counts: Counts }) {
  return (
    <div class="stats">
      {tiles.map(({ count, label, icon, to }) => (
        <a key={count} class="card stat" href={to} data-testid={`count-${count}`}>
          <span class="value number">{counts[count] ?? 0}</span>
          <Icon name={icon} />
          <span class="muted small">{label}</span>
        </a>
      ))}
    </div>
  );
}

function LiveNow() {
  const { data, error, reload } = useResource('streams', listStreams, [{ topic: 'streams' }], {
    everyMs: refreshMs,
  });
  const live = data?.items.filter(({ status }) => status === 'live') ?? [];
  return (
    <section class="stack" aria-labelledby="live-now">
      <h2 id="live-now">Live now</h2>
      {error && <Problem error={error} retry={reload} />}
      {!data && !error && <Loading />}
      {data && !live.length && (
        <Empty icon="live" title="Nothing is on air">
          <span>Point OBS or a camera at this node and everyone on every node can watch.</span>
          <a class="button" href="/live">
            Go to Live
          </a>
        </Empty>
      )}
      {live.length > 0 && (
        <ul class="plain tiles streams" data-testid="live-now">
          {live.map((stream) => (
            <StreamTile key={stream.stream_id} stream={stream} />
          ))}
        </ul>
      )}
    </section>
  );
}

function PeersCard() {
  const { data, error, reload } = useResource('peers', listPeers, [{ topic: 'peers' }], {
    everyMs: refreshMs,
  });
  const peers = data?.items ?? [];
  return (
    <section class="card" aria-labelledby="home-peers">
      <h2 id="home-peers" class="row">
        <Icon name="peers" /> Peers
      </h2>
      {error && <Problem error={error} retry={reload} />}
      {data && !peers.length && (
        <p class="muted">
          No other node so far. Nodes of one cluster find each other by themselves on this network.
        </p>
      )}
      <PeerRows peers={peers.slice(0, peersShown)} />
      {peers.length > peersShown && (
        <p>
          <a href="/peers">{plural(peers.length - peersShown, 'more peer')}</a>
        </p>
      )}
    </section>
  );
}

const topics = ['status', 'streams', 'images', 'videos', 'notes', 'peers'] as const;

export function HomePage() {
  const { data, error, reload } = useResource(
    'status',
    getStatus,
    topics.map((topic) => ({ topic })),
    { everyMs: refreshMs },
  );
  return (
    <div class="page">
      <PageHead
        title={data?.node_name || 'Hearth'}
        lead={
          data && (
            <span data-testid="node-line">
              Up for <Uptime seconds={data.uptime} running words /> · version {data.version}
            </span>
          )
        }
      >
        <a class="button" href="/upload">
          <Icon name="upload" /> Upload
        </a>
        <a class="button primary" href="/live">
          <Icon name="live" /> Go live
        </a>
      </PageHead>
      {error && <Problem error={error} retry={reload} />}
      {data && <Stats counts={data.counts} />}
      <div class="columns wide-left">
        <LiveNow />
        <div class="stack">
          <PeersCard />
          {data?.storage && <StorageCard storage={data.storage} />}
        </div>
      </div>
    </div>
  );
}
