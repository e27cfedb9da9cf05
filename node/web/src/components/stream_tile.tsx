import type { Stream } from '../api/types';
import { streamPath } from '../state/routes';
import { plural, size } from '../text/format';
import { Icon } from './icon';
import { StreamActions } from './stream_actions';
import { StreamStateBadge } from './stream_state';
import { Uptime } from './uptime';

interface Props {
  stream: Stream;
  /** With start, stop and delete; only for streams of this node. */
  onDone?: () => void;
}

/** What is known of the picture, in one line. */
function pictureOf(stream: Stream): string {
  const fps = stream.fps ? `${Math.round(stream.fps * 100) / 100} fps` : '';
  const parts = [size(stream.resolution), fps, stream.video_codec, stream.audio_codec];
  return parts.filter(Boolean).join(' · ');
}

export function StreamTile({ stream, onDone }: Props) {
  const live = stream.status === 'live';
  const picture = pictureOf(stream);
  return (
    <li
      class={`tile ${live ? '' : 'quiet'}`}
      data-testid="stream-item"
      data-stream-id={stream.stream_id}
    >
      <div class="picture">
        <Icon name="live" />
        {live && (
          <span class="corner">
            <Uptime seconds={stream.uptime} running />
          </span>
        )}
      </div>
      <div class="body">
        <div class="row">
          <StreamStateBadge state={stream.status} />
          <span class="badge">{stream.own ? 'This node' : stream.node_name || 'Another node'}</span>
        </div>
        <a class="title" href={streamPath(stream.stream_id)} data-testid="stream-link">
          {stream.stream_name}
        </a>
        {stream.description && <p class="muted small">{stream.description}</p>}
        <p class="muted small">
          {picture || 'Nothing received yet'}
          {live &&
            stream.viewers !== undefined &&
            ` · ${plural(stream.viewers, 'viewer').replace(' ', '\u00a0')}`}
        </p>
        {onDone && stream.own && (
          <div class="actions">
            <StreamActions stream={stream} compact onDone={onDone} />
          </div>
        )}
      </div>
    </li>
  );
}
