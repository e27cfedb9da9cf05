import type { ComponentChildren } from 'preact';
import type { Stream } from '../api/types';
import { bitrate, bytes, size } from '../text/format';
import { Uptime } from './uptime';

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-testid={`fact-${name.toLowerCase().replace(/ /g, '-')}`}>{children}</dd>
    </div>
  );
}

/** What the node measured of a stream. */
export function StreamFacts({ stream }: { stream: Stream }) {
  const fps = stream.fps ? String(Math.round(stream.fps * 100) / 100) : '–';
  return (
    <section class="card" aria-label="Measured">
      <dl class="facts">
        <Fact name="Resolution">{size(stream.resolution) || '–'}</Fact>
        <Fact name="Frames per second">{fps}</Fact>
        <Fact name="Video">{stream.video_codec || '–'}</Fact>
        <Fact name="Audio">{stream.audio_codec || '–'}</Fact>
        <Fact name="Bitrate">{bitrate(stream.bitrate)}</Fact>
        <Fact name="Uptime">
          <Uptime seconds={stream.uptime} running={stream.status === 'live'} />
        </Fact>
        <Fact name="Received">{bytes(stream.bytes_received)}</Fact>
        <Fact name="Viewers">{stream.viewers ?? '–'}</Fact>
        {stream.dropped !== undefined && <Fact name="Dropped frames">{stream.dropped}</Fact>}
      </dl>
    </section>
  );
}
