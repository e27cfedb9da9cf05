import { listImages } from '../api/images';
import { listStreams } from '../api/streams';
import type { Stream } from '../api/types';
import { useResource } from '../state/resource';
import { streamPath } from '../state/routes';
import { plural } from '../text/format';
import { Gallery } from './gallery';
import { Empty, Loading, Problem } from './notice';

function StreamImages({ stream }: { stream: Stream }) {
  const id = stream.stream_id;
  const { data, error, reload } = useResource(
    `browser ${id}`,
    (signal) => listImages(id, 'stream_browser', signal),
    [{ topic: 'images' }],
  );
  const count = data?.items.length ?? 0;
  return (
    <details class="card" open={count > 0} data-testid="image-browser-stream">
      <summary>
        <strong>{stream.stream_name}</strong>{' '}
        <span class="muted small">{error ? error.message : plural(count, 'image')}</span>
      </summary>
      <div class="stack">
        <p class="small">
          <a href={streamPath(id)}>Open the stream</a>
        </p>
        {data && count > 0 && (
          <Gallery
            images={data.items}
            page="stream_browser"
            editable={stream.own ?? false}
            onChanged={reload}
          />
        )}
      </div>
    </details>
  );
}

/** The images of all streams, stream by stream. */
export function ImageBrowser() {
  const { data, error, reload } = useResource('streams', listStreams, [{ topic: 'streams' }]);
  if (error) return <Problem error={error} retry={reload} />;
  if (!data) return <Loading />;
  if (!data.items.length) {
    return (
      <Empty icon="image" title="No images yet">
        <span>Images belong to a stream: create one on the Live page, then upload to it.</span>
      </Empty>
    );
  }
  return (
    <div class="stack" data-testid="image-browser">
      {data.items.map((stream) => (
        <StreamImages key={stream.stream_id} stream={stream} />
      ))}
    </div>
  );
}
