import { useState } from 'preact/hooks';
import { listStreams } from '../api/streams';
import type { Stream, StreamState } from '../api/types';
import { Icon } from '../components/icon';
import { NewStreamDialog } from '../components/new_stream_dialog';
import { Cut, Empty, Loading, Problem } from '../components/notice';
import { PageHead } from '../components/page_head';
import { StreamTile } from '../components/stream_tile';
import { useResource } from '../state/resource';

const refreshMs = 5_000;
const order: StreamState[] = ['live', 'waiting', 'error', 'ended'];

function sorted(streams: Stream[]): Stream[] {
  const rank = ({ status }: Stream) => order.indexOf(status);
  return [...streams].sort(
    (a, b) => rank(a) - rank(b) || a.stream_name.localeCompare(b.stream_name),
  );
}

export function LivePage() {
  const [creating, setCreating] = useState(false);
  const { data, error, reload } = useResource('streams', listStreams, [{ topic: 'streams' }], {
    everyMs: refreshMs,
  });
  const streams = sorted(data?.items ?? []);
  const newStream = (
    <button
      type="button"
      class="button primary"
      data-testid="stream-new"
      onClick={() => setCreating(true)}
    >
      <Icon name="plus" /> New stream
    </button>
  );
  return (
    <div class="page">
      <PageHead title="Live" lead="Streams of all nodes.">
        {newStream}
      </PageHead>
      {error && <Problem error={error} retry={reload} />}
      {!data && !error && <Loading />}
      {data && !streams.length && (
        <Empty icon="live" title="No streams yet">
          <span>Create one, then send it a picture from OBS, FFmpeg or a camera.</span>
        </Empty>
      )}
      {streams.length > 0 && (
        <ul class="plain tiles streams" data-testid="stream-list">
          {streams.map((stream) => (
            <StreamTile key={stream.stream_id} stream={stream} onDone={reload} />
          ))}
        </ul>
      )}
      {data?.cut && <Cut shown={streams.length} />}
      {creating && <NewStreamDialog onClose={() => setCreating(false)} onCreated={reload} />}
    </div>
  );
}
