import { deleteStream, startStream, stopStream } from '../api/streams';
import type { Stream } from '../api/types';
import { attempt, sayDone } from '../state/messages';
import { span } from '../text/format';
import { ConfirmButton } from './confirm_button';
import { Icon } from './icon';

interface Props {
  stream: Stream;
  compact?: boolean;
  onDone: () => void;
  onDeleted?: () => void;
}

/**
 * Start, stop and delete. Starting what runs is no error: the node then says for how long it has.
 */
export function StreamActions({ stream, compact, onDone, onDeleted }: Props) {
  const { stream_id: id, stream_name: name, status } = stream;
  const start = async () => {
    await attempt(async () => {
      const { already_running: running, uptime } = await startStream(id);
      sayDone(running ? `Already running for ${span(uptime)}.` : 'Ready for the publisher.');
    });
    onDone();
  };
  const stop = async () => {
    await attempt(() => stopStream(id), 'Stopped.');
    onDone();
  };
  const remove = async () => {
    if (!(await attempt(() => deleteStream(id), 'Stream deleted.'))) return;
    if (onDeleted) onDeleted();
    else onDone();
  };
  const size = compact ? 'compact' : '';
  return (
    <>
      {status !== 'live' && (
        <button
          type="button"
          class={`button ${size}`}
          aria-label={`Start ${name}`}
          data-testid="stream-start"
          onClick={() => void start()}
        >
          <Icon name="play" /> Start
        </button>
      )}
      {status !== 'ended' && (
        <button
          type="button"
          class={`button ${size}`}
          aria-label={`Stop ${name}`}
          data-testid="stream-stop"
          onClick={() => void stop()}
        >
          <Icon name="stop" /> Stop
        </button>
      )}
      <ConfirmButton
        icon="trash"
        label="Delete"
        name={`Delete ${name}`}
        question="Delete this stream?"
        detail={`“${name}”, its key and its images are removed. This cannot be taken back.`}
        bare={compact ?? false}
        compact={compact ?? false}
        testid="stream-delete"
        onConfirm={() => void remove()}
      />
    </>
  );
}
