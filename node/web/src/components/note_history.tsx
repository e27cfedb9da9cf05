import { useState } from 'preact/hooks';
import { listVersions, restoreVersion } from '../api/notes';
import type { NoteVersion } from '../api/types';
import { attempt } from '../state/messages';
import type { NameOf } from '../state/nodes';
import { useResource } from '../state/resource';
import { moment } from '../text/format';
import { Dialog } from './dialog';
import { NoteDiffView } from './note_diff';
import { Cut, Loading, Problem } from './notice';

interface Props {
  noteId: string;
  nameOf: NameOf;
  onClose: () => void;
  onRestored: () => void;
}

/** The latest first, whichever way the node lists them. */
function newestFirst(versions: NoteVersion[]): NoteVersion[] {
  const first = versions[0]?.time ?? '';
  const last = versions[versions.length - 1]?.time ?? '';
  return last > first ? [...versions].reverse() : versions;
}

interface RowProps {
  version: NoteVersion;
  author: string;
  newest: boolean;
  from: string;
  to: string;
  onFrom: (version: string) => void;
  onTo: (version: string) => void;
  onRestore: () => void;
}

function Row({ version: each, author, newest, from, to, onFrom, onTo, onRestore }: RowProps) {
  const { version } = each;
  const chosen = version === from || version === to;
  return (
    <li class={chosen ? 'chosen' : ''} data-testid="note-version" data-version={version}>
      <label class="small">
        <input
          type="radio"
          name="from"
          checked={version === from}
          data-testid="version-from"
          onChange={() => onFrom(version)}
        />{' '}
        from
      </label>
      <label class="small">
        <input
          type="radio"
          name="to"
          checked={version === to}
          data-testid="version-to"
          onChange={() => onTo(version)}
        />{' '}
        to
      </label>
      <div class="grow">
        <div>
          <strong>{author}</strong> <span class="muted small">{moment(each.time)}</span>
        </div>
        {each.summary && <div class="muted small">{each.summary}</div>}
      </div>
      {newest ? (
        <span class="badge accent">Present</span>
      ) : (
        <button
          type="button"
          class="button compact"
          data-testid="version-restore"
          onClick={onRestore}
        >
          Restore
        </button>
      )}
    </li>
  );
}

/** Who changed what when, the difference of any two versions, and a way back. */
export function NoteHistory({ noteId, nameOf, onClose, onRestored }: Props) {
  const { data, error, reload } = useResource(
    `versions ${noteId}`,
    (signal) => listVersions(noteId, signal),
    [{ topic: 'notes', id: noteId }],
  );
  const [chosenFrom, setFrom] = useState('');
  const [chosenTo, setTo] = useState('');
  const versions = newestFirst(data?.items ?? []);
  const to = chosenTo || versions[0]?.version || '';
  const from = chosenFrom || versions[1]?.version || '';
  const restore = async (version: string) => {
    if (!(await attempt(() => restoreVersion(noteId, version), 'Version restored.'))) return;
    onRestored();
    reload();
  };
  return (
    <Dialog title="History" wide testid="note-history-dialog" onClose={onClose}>
      <div class="stack">
        {error && <Problem error={error} />}
        {!data && !error && <Loading />}
        {from && to && <NoteDiffView noteId={noteId} from={from} to={to} />}
        {data && versions.length < 2 && <p class="muted">There is only one version so far.</p>}
        <ul class="plain versions" data-testid="note-versions">
          {versions.map((each, at) => (
            <Row
              key={each.version}
              version={each}
              author={each.author_name || nameOf(each.author ?? '') || 'Unknown'}
              newest={at === 0}
              from={from}
              to={to}
              onFrom={setFrom}
              onTo={setTo}
              onRestore={() => void restore(each.version)}
            />
          ))}
        </ul>
        {data?.cut && <Cut shown={versions.length} />}
      </div>
    </Dialog>
  );
}
