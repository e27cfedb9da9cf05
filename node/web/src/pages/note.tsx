import { useState } from 'preact/hooks';
import { deleteNote } from '../api/notes';
import { ConfirmButton } from '../components/confirm_button';
import { Icon } from '../components/icon';
import { MarkdownView } from '../components/markdown_view';
import { NoteHistory } from '../components/note_history';
import { NoteText } from '../components/note_text';
import { Loading, Problem } from '../components/notice';
import { PageHead } from '../components/page_head';
import { SaveStateBadge } from '../components/save_state';
import { ShareSwitch } from '../components/share_switch';
import { TagsField } from '../components/tags_field';
import { navigate } from '../state/location';
import { attempt } from '../state/messages';
import { contributorName, useNodeNames } from '../state/nodes';
import type { NoteSession } from '../state/note_session';
import { useNoteSession, type OpenNote } from '../state/open_note';
import { ago } from '../text/format';

function TitleField({ session }: { session: NoteSession }) {
  return (
    <input
      class="title-input"
      aria-label="Title"
      placeholder="Title"
      maxLength={500}
      value={session.shownFields.title ?? ''}
      data-testid="note-title"
      onInput={(event) => session.setFields({ title: event.currentTarget.value })}
    />
  );
}

function Editor({ id, open }: { id: string; open: OpenNote & { session: NoteSession } }) {
  const { session, onReady } = open;
  const [history, setHistory] = useState(false);
  const nameOf = useNodeNames();
  const { title, tags = [], shared } = session.shownFields;
  const who = (session.note.contributors ?? []).map((each) => contributorName(each, nameOf));
  const remove = async () => {
    if (!(await attempt(() => deleteNote(id), 'Note deleted.'))) return;
    session.forget();
    navigate('/notes', { replace: true });
  };
  return (
    <>
      <PageHead
        title={title || 'Untitled note'}
        back={{ to: '/notes', label: 'Notes' }}
        heading={<TitleField session={session} />}
      >
        <SaveStateBadge state={session.state} />
        <ShareSwitch
          shared={shared ?? false}
          onChange={(to) => {
            session.setFields({ shared: to });
            session.flush();
          }}
        />
        <button
          type="button"
          class="button"
          data-testid="note-history"
          onClick={() => {
            session.flush();
            setHistory(true);
          }}
        >
          <Icon name="history" /> History
        </button>
        <ConfirmButton
          icon="trash"
          label="Delete"
          question="Delete this note?"
          detail={`“${title}” disappears${shared ? ' from every node' : ''}.`}
          testid="note-delete"
          onConfirm={() => void remove()}
        />
      </PageHead>
      {session.error && session.state !== 'saved' && <Problem error={session.error} />}
      <div class="card editor">
        <NoteText session={session} onReady={onReady} />
        <section class="preview" aria-label="Preview">
          <MarkdownView text={session.text} />
        </section>
      </div>
      <div class="columns even">
        <TagsField
          id="note-tags"
          tags={tags}
          onChange={(to) => {
            session.setFields({ tags: to });
            session.flush();
          }}
        />
        <p class="muted small" data-testid="note-people">
          {session.note.updated_at && `Last changed ${ago(session.note.updated_at)}. `}
          {who.length > 0 && `Written by ${who.join(', ')}.`}
        </p>
      </div>
      {history && (
        <NoteHistory
          noteId={id}
          nameOf={nameOf}
          onClose={() => setHistory(false)}
          onRestored={() => session.remoteChanged()}
        />
      )}
    </>
  );
}

export function NotePage({ id }: { id: string }) {
  const open = useNoteSession(id);
  const { session, error } = open;
  return (
    <div class="page">
      {!session && <PageHead title="Note" back={{ to: '/notes', label: 'Notes' }} />}
      {error && !session && <Problem error={error} retry={open.retry} />}
      {!session && !error && <Loading />}
      {session && <Editor id={id} open={{ ...open, session }} />}
    </div>
  );
}
