import type { Stream } from '../api/types';
import { HlsPlayer } from './hls_player';
import { Icon } from './icon';

function words(stream: Stream): [string, string] {
  if (stream.status === 'waiting') {
    return stream.own
      ? ['Waiting for the publisher', 'The picture starts by itself when it arrives.']
      : ['Not on air yet', 'The picture starts by itself when it does.'];
  }
  if (stream.status === 'error') {
    return ['The stream broke off', stream.error || 'It goes on when the publisher is back.'];
  }
  return ['The stream has ended', 'It goes on here when the publisher is back.'];
}

/** The picture of a stream while it is live, and plain words while it is not. */
export function LivePlayer({ stream }: { stream: Stream }) {
  const [title, detail] = words(stream);
  const fallback = `/static/streams/${encodeURIComponent(stream.stream_id)}/stream.m3u8`;
  return (
    <div class="player" data-testid="player">
      {stream.status === 'live' ? (
        <HlsPlayer src={stream.playlist_url || fallback} title={stream.stream_name} />
      ) : (
        <div class="cover" data-testid="player-cover">
          <Icon name="live" />
          <strong>{title}</strong>
          <span>{detail}</span>
        </div>
      )}
    </div>
  );
}
