import { useState } from 'preact/hooks';
import { imagesPath } from '../api/images';
import { listStreams } from '../api/streams';
import type { Visibility } from '../api/types';
import { videosPath } from '../api/videos';
import { DropZone } from '../components/drop_zone';
import { Problem } from '../components/notice';
import { PageHead } from '../components/page_head';
import { UploadList } from '../components/upload_list';
import { VisibilitySelect } from '../components/visibility';
import { useResource } from '../state/resource';
import { streamPath, videoPath } from '../state/routes';
import { enqueue } from '../state/uploads';

const imageTypes = '.jpg,.jpeg,.png,.gif,.webp,.bmp,image/*';
const videoTypes = '.mp4,.avi,.mov,.mkv,.webm,.flv,.wmv,.m4v,video/*';

function videoLink(answer: unknown): string {
  const id = (answer as { video_id?: unknown } | undefined)?.video_id;
  return typeof id === 'string' ? videoPath(id) : '/library';
}

function VideoUpload() {
  const take = (files: File[]) => {
    for (const file of files) enqueue('video', videosPath, file, {}, videoLink);
  };
  return (
    <section class="card stack" aria-labelledby="upload-videos">
      <h2 id="upload-videos">Videos</h2>
      <DropZone
        icon="film"
        title="Drop videos here"
        detail="MP4, AVI, MOV, MKV, WebM, FLV, WMV or M4V"
        accept={videoTypes}
        testid="video-drop"
        onFiles={take}
      />
      <p class="muted small">They appear in the Library of every node.</p>
    </section>
  );
}

function ImageUpload() {
  const { data, error, reload } = useResource('streams', listStreams, [{ topic: 'streams' }]);
  const [chosen, setChosen] = useState('');
  const [visibility, setVisibility] = useState<Visibility>('public');
  const streams = data?.items ?? [];
  const stream = streams.some(({ stream_id: id }) => id === chosen)
    ? chosen
    : (streams[0]?.stream_id ?? '');
  const take = (files: File[]) => {
    for (const file of files) {
      enqueue('image', imagesPath(stream), file, { visibility }, () => streamPath(stream));
    }
  };
  return (
    <section class="card stack" aria-labelledby="upload-images">
      <h2 id="upload-images">Images</h2>
      {error && <Problem error={error} retry={reload} />}
      <div class="row">
        <div class="field grow">
          <label for="upload-stream">Stream</label>
          <select
            id="upload-stream"
            class="input"
            value={stream}
            disabled={!streams.length}
            data-testid="upload-stream"
            onChange={(event) => setChosen(event.currentTarget.value)}
          >
            {streams.map((each) => (
              <option key={each.stream_id} value={each.stream_id}>
                {each.stream_name}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="upload-visibility">Who sees them</label>
          <VisibilitySelect id="upload-visibility" value={visibility} onChange={setVisibility} />
        </div>
      </div>
      <DropZone
        icon="image"
        title="Drop images here"
        detail={stream ? 'JPEG, PNG, GIF, WebP or BMP' : 'First create a stream on the Live page'}
        accept={imageTypes}
        disabled={!stream}
        testid="image-drop"
        onFiles={take}
      />
    </section>
  );
}

export function UploadPage() {
  return (
    <div class="page">
      <PageHead
        title="Upload"
        lead="Files go to this node; what may be seen elsewhere is shared."
      />
      <UploadList />
      <div class="columns even">
        <VideoUpload />
        <ImageUpload />
      </div>
    </div>
  );
}
