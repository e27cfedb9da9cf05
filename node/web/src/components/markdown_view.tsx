import { useEffect, useRef } from 'preact/hooks';

const quietMs = 120;
/** More than a person reads beside the text; a longer note would make typing slow. */
const mostShown = 200_000;

/** Markdown as it will look. Follows the text a little later, so that typing stays quick. */
export function MarkdownView({ text }: { text: string }) {
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef(false);
  useEffect(() => {
    let stale = false;
    const draw = async () => {
      const { renderMarkdown } = await import('../text/markdown');
      if (stale || !place.current) return;
      place.current.replaceChildren(renderMarkdown(text.slice(0, mostShown)));
      drawn.current = true;
    };
    const timer = setTimeout(() => void draw(), drawn.current ? quietMs : 0);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [text]);
  return (
    <>
      <div class="markdown" ref={place} data-testid="note-preview" />
      {text.length > mostShown && <p class="muted small">The preview ends here.</p>}
    </>
  );
}
