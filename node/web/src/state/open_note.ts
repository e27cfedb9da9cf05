// Opens a note for editing and keeps it together with the node, until the page goes elsewhere.
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../api/client';
import { getNote, patchNote } from '../api/notes';
import { subscribe } from './changes';
import { beforeLeaving } from './location';
import { sayError } from './messages';
import { NoteSession } from './note_session';

type Show = (text: string, map: (position: number) => number) => void;

export interface OpenNote {
  session: NoteSession | undefined;
  error: ApiError | undefined;
  onReady: (show: Show) => void;
  retry: () => void;
}

export function useNoteSession(id: string): OpenNote {
  const [session, setSession] = useState<NoteSession>();
  const [error, setError] = useState<ApiError>();
  const [tries, setTries] = useState(0);
  const [, draw] = useState(0);
  const show = useRef<Show>(() => undefined);

  useEffect(() => {
    const stop = new AbortController();
    let opened: NoteSession | undefined;
    const open = async () => {
      const note = await getNote(id, stop.signal);
      if (stop.signal.aborted) return;
      const redraw = () => draw((count) => count + 1);
      opened = new NoteSession(
        note,
        { get: () => getNote(id), patch: (patch, last) => patchNote(id, patch, last) },
        {
          show: (text, map) => show.current(text, map),
          changed: redraw,
          refused: sayError,
        },
      );
      setError(undefined);
      setSession(opened);
    };
    open().catch((caught) => {
      if (caught instanceof ApiError && !stop.signal.aborted) setError(caught);
    });
    const heard = () => (opened ? opened.remoteChanged() : undefined);
    const unsubscribe = subscribe([{ topic: 'notes', id }], heard);
    const leave = beforeLeaving(() => opened?.close());
    const closing = (event: BeforeUnloadEvent) => {
      if (opened?.unsaved && opened.state !== 'gone') {
        opened.flush();
        event.preventDefault();
      }
    };
    addEventListener('beforeunload', closing);
    return () => {
      stop.abort();
      opened?.close();
      unsubscribe();
      leave();
      removeEventListener('beforeunload', closing);
      setSession(undefined);
    };
  }, [id, tries]);

  return {
    session,
    error,
    onReady: (ready) => (show.current = ready),
    retry: () => setTries((count) => count + 1),
  };
}
