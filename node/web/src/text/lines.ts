// Text areas know only line feeds, notes may hold carriage returns too: edits made in the one are
// put into the other.
import type { Edit } from './edits';

/** The text as a text area shows it. */
export function shownText(raw: string): string {
  return raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
}

/** Edits of `shownText(raw)` as edits of `raw`. */
export function editsOfRaw(raw: string, edits: Edit[]): Edit[] {
  if (!raw.includes('\r\n')) return edits;
  let inRaw = 0;
  let shown = 0;
  const rawPosition = (wanted: number): number => {
    while (shown < wanted) {
      inRaw += raw.startsWith('\r\n', inRaw) ? 2 : 1;
      shown += 1;
    }
    return inRaw;
  };
  return edits.map(({ pos, del, ins }) => {
    const from = rawPosition(pos);
    return { pos: from, del: rawPosition(pos + del) - from, ins };
  });
}
