import type { NoteSummary } from '../api/types';
import { contributorName, type NameOf } from '../state/nodes';
import { notePath } from '../state/routes';
import { ago } from '../text/format';
import { Highlight } from './highlight';
import { Icon } from './icon';

interface Props {
  note: NoteSummary;
  words: string;
  nameOf: NameOf;
}

export function NoteCard({ note, words, nameOf }: Props) {
  const { note_id: id, title, snippet, tags = [], shared, contributors = [] } = note;
  const who = contributors.map((each) => contributorName(each, nameOf)).join(', ');
  return (
    <li class="card note-card" data-testid="note-item" data-note-id={id}>
      <a class="title" href={notePath(id)} data-testid="note-link">
        <Highlight text={title || 'Untitled note'} words={words} />
      </a>
      {snippet && (
        <p class="snippet" data-testid="note-snippet">
          <Highlight text={snippet} words={words} />
        </p>
      )}
      {tags.length > 0 && (
        <div class="chips">
          {tags.map((tag) => (
            <span key={tag} class="chip">
              {tag}
            </span>
          ))}
        </div>
      )}
      <div class="row apart foot">
        <span class="muted small grow clip">
          {ago(note.updated_at)}
          {who && ` · ${who}`}
        </span>
        <span class={`badge ${shared ? 'good' : ''}`}>
          <Icon name={shared ? 'share' : 'lock'} />
          {shared ? 'Shared' : 'Private'}
        </span>
      </div>
    </li>
  );
}
