import type { SaveState } from '../state/note_session';

const words: Record<SaveState, string> = {
  saved: 'Saved',
  unsaved: 'Saving…',
  saving: 'Saving…',
  retrying: 'Not saved yet, trying again…',
  failed: 'Not saved',
  gone: 'Deleted',
};
const kinds: Record<SaveState, string> = {
  saved: 'good',
  unsaved: '',
  saving: '',
  retrying: 'warn',
  failed: 'bad',
  gone: 'bad',
};

export function SaveStateBadge({ state }: { state: SaveState }) {
  // Only what is worth interrupting for is read out: each pause in typing is saved.
  const role = state === 'retrying' || state === 'failed' || state === 'gone' ? 'alert' : undefined;
  return (
    <span class={`badge ${kinds[state]}`} role={role} data-testid="save-state" data-state={state}>
      {words[state]}
    </span>
  );
}
