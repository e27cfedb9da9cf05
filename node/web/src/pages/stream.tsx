import { useState } from 'preact/hooks';
import { imagesPath, listImages } from '../api/images';
import { getStream } from '../api/streams';
import type { Stream, Visibility } from '../api/types';
import { DropZone } from '../components/drop_zone';
import { Gallery } from '../components/gallery';
import { LivePlayer } from '../components/live_player';
import { Empty, Loading, Problem } from '../components/notice';
import { PageHead } from '../components/page_head';
import { PublishPanel } from '../components/publish_panel';
import { StreamActions } from '../components/stream_actions';
import { StreamFacts } from '../components/stream_facts';
import { StreamStateBadge } from '../components/stream_state';
import { UploadList } from '../components/upload_list';
import { VisibilitySelect } from '../components/visibility';
import { navigate } from '../state/location';
import { useResource } from '../state/resource';
import { streamPath } from '../state/routes';
import { enqueue } from '../state/uploads';
import { plural } from '../text/format';

const refreshMs = 2_000;

function AddImages({ streamId }: { streamId: string }) {
  const [visibility, setVisibility] = useState<Visibility>('public');
  const take = (files: File[]) => {
    for (const file of files) {
      enqueue('image', imagesPath(streamId), file, { visibility }, () => streamPath(streamId));
    }
  };
  return (
    <div class="stack">
      <DropZone
        icon="image"
        title="Drop images here"
        detail="JPEG, PNG, GIF, WebP or BMP"
        accept=".jpg,.jpeg,.png,.gif,.webp,.bmp,image/*"
        testid="stream-image-drop"
        onFiles={take}
      />
      <div class="row">
        <label class="label" for="new-image-visibility">
          Who sees them
        </label>
        <VisibilitySelect id="new-image-visibility" value={visibility} onChange={setVisibility} />
      </div>
      <UploadList />
    </div>
  );
}

function Images({ stream }: { stream: Stream }) {
  const id = stream.stream_id;
  const { data, error, reload } = useResource(
    `images ${id}`,
    (signal) => listImages(id, 'stream_gallery', signal),
    [{ topic: 'images' }],
  );
  const images = data?.items ?? [];
  return (
    <section class="card stack" aria-labelledby="stream-images">
      <div class="row apart">
        <h2 id="stream-images">Images</h2>
        {data && <span class="muted small">{plural(images.length, 'image')}</span>}
      </div>
      {error && <Problem error={error} retry={reload} />}
      {!data && !error && <Loading />}
      {data && !images.length && !stream.own && <Empty icon="image" title="No images yet" />}
      {images.length > 0 && (
        <Gallery
          images={images}
          page="stream_gallery"
          editable={stream.own ?? false}
          onChanged={reload}
        />
      )}
      {stream.own && <AddImages streamId={id} />}
    </section>
  );
}

function Details({ stream, reload }: { stream: Stream; reload: () => void }) {
  return (
    <>
      <PageHead
        title={stream.stream_name}
        back={{ to: '/live', label: 'Live' }}
        lead={
          <span class="row">
            <StreamStateBadge state={stream.status} />
            {stream.node_name && <span>on {stream.node_name}</span>}
            {stream.description && <span>{stream.description}</span>}
          </span>
        }
      >
        {stream.own && (
          <StreamActions
            stream={stream}
            onDone={reload}
            onDeleted={() => navigate('/live', { replace: true })}
          />
        )}
      </PageHead>
      <div class="columns wide-left">
        <div class="stack">
          <LivePlayer stream={stream} />
          <StreamFacts stream={stream} />
        </div>
        <div class="stack">
          {stream.stream_key && stream.rtmp_url && (
            <section class="card" aria-labelledby="publish">
              <h2 id="publish">Publish here</h2>
              <PublishPanel rtmpUrl={stream.rtmp_url} streamKey={stream.stream_key} hidden />
            </section>
          )}
          <Images stream={stream} />
        </div>
      </div>
    </>
  );
}

export function StreamPage({ id }: { id: string }) {
  const { data, error, reload } = useResource(
    `stream ${id}`,
    (signal) => getStream(id, signal),
    [{ topic: 'streams', id }],
    { everyMs: refreshMs },
  );
  return (
    <div class="page">
      {!data && <PageHead title="Stream" back={{ to: '/live', label: 'Live' }} />}
      {error && <Problem error={error} retry={reload} />}
      {!data && !error && <Loading />}
      {data && <Details stream={data} reload={reload} />}
    </div>
  );
}
