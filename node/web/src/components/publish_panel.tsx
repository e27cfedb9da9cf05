import { CopyLine } from './copy_line';

interface Props {
  rtmpUrl: string;
  streamKey: string;
  /** The key stands there in dots. */
  hidden?: boolean;
}

/** Where to send a stream, and the key that opens the door. */
export function PublishPanel({ rtmpUrl, streamKey, hidden }: Props) {
  return (
    <div class="stack" data-testid="publish-panel">
      <CopyLine label="RTMP URL" value={rtmpUrl} testid="rtmp-url" />
      <CopyLine label="Stream key" value={streamKey} secret={hidden ?? false} testid="stream-key" />
      <p class="muted small">
        In OBS: Settings, Stream, Service “Custom”, then these two. Whoever has the key can publish
        here, so keep it to yourself.
      </p>
    </div>
  );
}
