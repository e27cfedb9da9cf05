import { useEffect, useRef } from 'preact/hooks';
import type { NoteSession } from '../state/note_session';

interface Props {
  session: NoteSession;
  /** Told how to put another text on the screen. */
  onReady: (show: (text: string, map: (position: number) => number) => void) => void;
}

/**
 * The text area of a note. It keeps its own text, so that drawing the page never moves the caret.
 */
export function NoteText({ session, onReady }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    element.value = session.text;
    onReady((text, map) => {
      const { selectionStart, selectionEnd, selectionDirection, scrollTop } = element;
      element.value = text;
      element.setSelectionRange(map(selectionStart), map(selectionEnd), selectionDirection);
      element.scrollTop = scrollTop;
    });
  }, [session]);
  return (
    <textarea
      ref={area}
      aria-label="Text of the note, in Markdown"
      placeholder="Write in Markdown…"
      spellcheck
      data-testid="note-text"
      onInput={(event) => {
        const { value, selectionEnd } = event.currentTarget;
        session.edit(value, selectionEnd);
      }}
      onCompositionStart={() => session.setComposing(true)}
      onCompositionEnd={() => session.setComposing(false)}
    />
  );
}
