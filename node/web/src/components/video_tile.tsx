import type { Video } from '../api/types';
import { placeName, type NameOf } from '../state/nodes';
import { videoPath } from '../state/routes';
import { ago, bytes, clock } from '../text/format';
import { Icon } from './icon';

interface Props {
  video: Video;
  nameOf: NameOf;
}

export function VideoTile({ video, nameOf }: Props) {
  const { video_id: id, name, duration, width, height, nodes = [], tags = [] } = video;
  const places = nodes.map((place) => placeName(place, nameOf)).join(', ');
  const picture = width && height ? `${width} × ${height}` : '';
  return (
    <li class="tile" data-testid="video-item" data-video-id={id}>
      <div class="picture">
        <Icon name="film" />
        {video.poster_url && <img src={video.poster_url} alt="" loading="lazy" />}
        {typeof duration === 'number' && <span class="corner">{clock(duration)}</span>}
      </div>
      <div class="body">
        <a class="title" href={videoPath(id)} data-testid="video-link">
          {name}
        </a>
        <p class="muted small">
          {[bytes(video.size), picture, video.video_codec].filter(Boolean).join(' · ')}
        </p>
        <p class="muted small">
          {ago(video.uploaded_at)}
          {places && ` · on ${places}`}
        </p>
        {tags.length > 0 && (
          <div class="chips">
            {tags.map((tag) => (
              <span key={tag} class="chip">
                {tag}
              </span>
            ))}
          </div>
        )}
      </div>
    </li>
  );
}
