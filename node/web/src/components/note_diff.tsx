import { diffVersions } from '../api/notes';
import { useResource } from '../state/resource';
import { fold } from '../text/highlight';
import { Loading, Problem } from './notice';

interface Props {
  noteId: string;
  from: string;
  to: string;
}

/** What changed between two versions. */
export function NoteDiffView({ noteId, from, to }: Props) {
  const { data, error } = useResource(
    `diff ${noteId} ${from} ${to}`,
    (signal) => diffVersions(noteId, from, to, signal),
    [],
  );
  if (error) return <Problem error={error} />;
  if (!data) return <Loading />;
  const changed = data.changes.some(({ op }) => op !== 'equal');
  return (
    <div class="stack">
      {!changed && <p class="muted">The text is the same in both.</p>}
      <pre class="diff" data-testid="note-diff" tabIndex={0} aria-label="Difference">
        {data.changes.map(({ op, text }, at) => {
          if (op === 'insert') return <ins key={at}>{text}</ins>;
          if (op === 'delete') return <del key={at}>{text}</del>;
          return <span key={at}>{fold(text)}</span>;
        })}
      </pre>
    </div>
  );
}
