import { useState } from 'preact/hooks';
import { createNote, listNotes } from '../api/notes';
import { Icon } from '../components/icon';
import { NoteCard } from '../components/note_card';
import { Cut, Empty, Loading, Problem } from '../components/notice';
import { PageHead } from '../components/page_head';
import { SearchField } from '../components/search_field';
import { TagFilter } from '../components/tag_filter';
import { navigate } from '../state/location';
import { attempt } from '../state/messages';
import { useNodeNames } from '../state/nodes';
import { useResource } from '../state/resource';
import { notePath } from '../state/routes';

const firstTitle = 'Untitled note';

export function NotesPage() {
  const [words, setWords] = useState('');
  const [tag, setTag] = useState('');
  const nameOf = useNodeNames();
  const { data, error, reload } = useResource(
    `notes ${tag} ${words}`,
    (signal) => listNotes({ q: words, tag }, signal),
    [{ topic: 'notes' }],
    { keep: true },
  );
  const notes = data?.items ?? [];
  const tags = [...new Set(notes.flatMap((note) => note.tags ?? []))].sort();
  const create = () =>
    attempt(async () => {
      const wanted = { title: firstTitle, text: '', tags: tag ? [tag] : [], shared: false };
      navigate(notePath((await createNote(wanted)).note_id));
    });
  return (
    <div class="page">
      <PageHead title="Notes" lead="Private until you share them.">
        <button
          type="button"
          class="button primary"
          data-testid="note-new"
          onClick={() => void create()}
        >
          <Icon name="plus" /> New note
        </button>
      </PageHead>
      <div class="stack">
        <div class="row">
          <SearchField label="Search notes" testid="note-search" onSearch={setWords} />
        </div>
        <TagFilter tags={tags} chosen={tag} onChoose={setTag} />
      </div>
      {error && <Problem error={error} retry={reload} />}
      {!data && !error && <Loading />}
      {data && !notes.length && (
        <Empty icon="notes" title={words || tag ? 'No note fits' : 'No notes yet'}>
          {!words && !tag && <span>Write one here; share it and every node has it.</span>}
        </Empty>
      )}
      {notes.length > 0 && (
        <ul class="plain note-list" data-testid="note-list">
          {notes.map((note) => (
            <NoteCard key={note.note_id} note={note} words={words} nameOf={nameOf} />
          ))}
        </ul>
      )}
      {data?.cut && <Cut shown={notes.length} />}
    </div>
  );
}
