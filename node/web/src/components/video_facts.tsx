import type { Video } from '../api/types';
import { bitrate, bytes, clock, moment } from '../text/format';

/** What the node found in a video file. */
export function VideoFacts({ video }: { video: Video }) {
  const { width, height } = video;
  const facts: [string, string][] = [
    ['Duration', clock(video.duration)],
    ['Resolution', width && height ? `${width} × ${height}` : '–'],
    ['Video', video.video_codec || '–'],
    ['Audio', video.audio_codec || '–'],
    ['Bitrate', bitrate(video.bitrate)],
    ['Size', bytes(video.size)],
    ['Uploaded', moment(video.uploaded_at)],
  ];
  return (
    <section class="card" aria-label="About the file">
      <dl class="facts" data-testid="video-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
