import { useState } from 'preact/hooks';
import { createStream } from '../api/streams';
import type { CreatedStream } from '../api/types';
import { ApiError } from '../api/client';
import { streamPath } from '../state/routes';
import { Dialog } from './dialog';
import { Problem } from './notice';
import { PublishPanel } from './publish_panel';

const resolutions = ['480p', '720p', '1080p', '2K', '4K'];
const megabits = [1, 2, 3, 4, 6, 8, 10, 12];
const bitsPerMegabit = 1_000_000;

interface Props {
  onClose: () => void;
  onCreated: () => void;
}

function Created({ stream }: { stream: CreatedStream }) {
  return (
    <div class="stack" data-testid="stream-created">
      <p>The node waits for your picture.</p>
      <PublishPanel rtmpUrl={stream.rtmp_url} streamKey={stream.stream_key} />
      <div class="dialog-foot">
        <a class="button primary" href={streamPath(stream.stream_id)} data-testid="stream-open">
          Open the stream
        </a>
      </div>
    </div>
  );
}

/** Makes a stream session, then shows where to publish. */
export function NewStreamDialog({ onClose, onCreated }: Props) {
  const [created, setCreated] = useState<CreatedStream>();
  const [error, setError] = useState<ApiError>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    setBusy(true);
    try {
      const description = text('description');
      setCreated(
        await createStream({
          stream_name: text('stream_name'),
          ...(description ? { description } : {}),
          resolution: text('resolution'),
          bitrate: Number(text('bitrate')) * bitsPerMegabit,
        }),
      );
      setError(undefined);
      onCreated();
    } catch (caught) {
      if (caught instanceof ApiError) setError(caught);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={created ? 'Stream created' : 'New stream'}
      testid="new-stream-dialog"
      onClose={onClose}
    >
      {created ? (
        <Created stream={created} />
      ) : (
        <form class="stack" onSubmit={(event) => void submit(event)} data-testid="new-stream-form">
          <div class="field">
            <label for="stream-name">Name</label>
            <input
              id="stream-name"
              name="stream_name"
              class="input"
              required
              maxLength={200}
              autocomplete="off"
              placeholder="Bench camera"
              data-testid="stream-name-input"
            />
          </div>
          <div class="field">
            <label for="stream-description">Description</label>
            <input
              id="stream-description"
              name="description"
              class="input"
              maxLength={2000}
              autocomplete="off"
              placeholder="Optional"
              data-testid="stream-description-input"
            />
          </div>
          <div class="columns even">
            <div class="field">
              <label for="stream-resolution">Resolution</label>
              <select
                id="stream-resolution"
                name="resolution"
                class="input"
                data-testid="stream-resolution-input"
              >
                {resolutions.map((each) => (
                  <option key={each} value={each} selected={each === '1080p'}>
                    {each}
                  </option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for="stream-bitrate">Bitrate</label>
              <select
                id="stream-bitrate"
                name="bitrate"
                class="input"
                data-testid="stream-bitrate-input"
              >
                {megabits.map((each) => (
                  <option key={each} value={each} selected={each === 4}>
                    {each} Mbit/s
                  </option>
                ))}
              </select>
            </div>
          </div>
          <p class="muted small">
            These are what you mean to send. What the node shows later is measured from the picture.
          </p>
          {error && <Problem error={error} />}
          <div class="dialog-foot">
            <button
              type="submit"
              class="button primary"
              disabled={busy}
              data-testid="stream-create"
            >
              Create stream
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
