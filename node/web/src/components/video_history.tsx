import type { Video } from '../api/types';
import { placeName, type NameOf } from '../state/nodes';
import { videoPath } from '../state/routes';
import { bytes, moment } from '../text/format';

interface Props {
  videos: Video[];
  nameOf: NameOf;
}

/** What was uploaded when, the latest first. */
export function VideoHistory({ videos, nameOf }: Props) {
  const sorted = [...videos].sort((a, b) =>
    (b.uploaded_at ?? '').localeCompare(a.uploaded_at ?? ''),
  );
  return (
    <div class="card table-frame">
      <table class="table folds" data-testid="upload-history">
        <caption class="unseen">Upload history</caption>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Video</th>
            <th scope="col">Size</th>
            <th scope="col">Copies on</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((video) => (
            <tr key={video.video_id}>
              <td class="number" data-label="When">
                {moment(video.uploaded_at)}
              </td>
              <td>
                <a href={videoPath(video.video_id)}>{video.name}</a>
              </td>
              <td class="number" data-label="Size">
                {bytes(video.size)}
              </td>
              <td data-label="Copies on">
                {(video.nodes ?? []).map((place) => placeName(place, nameOf)).join(', ') || '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
