import { cancelUpload, forgetEnded, retryUpload, uploads } from '../state/uploads';
import type { UploadEntry, UploadState } from '../state/uploads';
import { useStore } from '../state/store';
import { bytes } from '../text/format';
import { Icon } from './icon';

const words: Record<UploadState, string> = {
  waiting: 'Waiting',
  sending: 'Sending',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};
const kinds: Record<UploadState, string> = {
  waiting: '',
  sending: 'accent',
  done: 'good',
  failed: 'bad',
  cancelled: '',
};

/** Sent is not yet kept: at the end of the bytes the node still looks at the file. */
function stateOf({ state, share }: UploadEntry): string {
  if (state !== 'sending') return words[state];
  return share >= 1 ? 'Checking' : `${Math.floor(share * 100)} %`;
}

function Row({ entry }: { entry: UploadEntry }) {
  const { id, name, state, share, error, link } = entry;
  const under = state === 'waiting' || state === 'sending';
  const again = state === 'failed' || state === 'cancelled';
  return (
    <li data-testid="upload-item" data-state={state}>
      <Icon name={entry.kind === 'image' ? 'image' : 'film'} />
      <div class="grow stack">
        <div class="row apart">
          <span class="grow clip">
            {state === 'done' && link ? <a href={link}>{name}</a> : name}
          </span>
          <span class="muted small number">{bytes(entry.size)}</span>
          <span class={`badge ${kinds[state]}`}>{stateOf(entry)}</span>
        </div>
        {under && (
          <div
            class="meter"
            role="progressbar"
            aria-label={`Sending ${name}`}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.floor(share * 100)}
          >
            <div style={{ width: `${share * 100}%` }} />
          </div>
        )}
        {state === 'failed' && error && (
          <p class="small" role="alert" data-testid="upload-error">
            {error.message} <span class="muted">{error.hint}</span>
          </p>
        )}
      </div>
      {under && (
        <button
          type="button"
          class="button quiet icon compact"
          aria-label={`Cancel ${name}`}
          data-testid="upload-cancel"
          onClick={() => cancelUpload(id)}
        >
          <Icon name="close" />
        </button>
      )}
      {again && (
        <button
          type="button"
          class="button compact"
          data-testid="upload-retry"
          onClick={() => retryUpload(id)}
        >
          Send again
        </button>
      )}
    </li>
  );
}

/** The files of this visit, on their way or arrived. */
export function UploadList() {
  const entries = useStore(uploads);
  if (!entries.length) return null;
  return (
    <section class="card" aria-label="Uploads of this visit">
      <div class="row apart">
        <h2>This visit</h2>
        <button type="button" class="button quiet compact" onClick={forgetEnded}>
          Clear what has ended
        </button>
      </div>
      <ul class="plain list" data-testid="upload-list">
        {entries.map((entry) => (
          <Row key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  );
}
