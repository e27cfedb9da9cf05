// Replacements in a text, in UTF-16 units: at `pos`, `del` units go and `ins` comes. A list of them
// is ascending, does not overlap, and its positions all mean the text before any of them.
import type { Edit } from '../api/types';

export type { Edit };

export function applyEdits(text: string, edits: Edit[]): string {
  let made = '';
  let from = 0;
  for (const { pos, del, ins } of edits) {
    made += text.slice(from, pos) + ins;
    from = pos + del;
  }
  return made + text.slice(from);
}

/**
 * Where a position is after `edits`. One at an insertion stays before it; one in a deletion moves
 * to its place.
 */
export function mapPosition(edits: Edit[], position: number): number {
  let shift = 0;
  for (const { pos, del, ins } of edits) {
    if (position <= pos) break;
    if (position < pos + del) return pos + shift;
    shift += ins.length - del;
  }
  return position + shift;
}

/** The pieces of [from, to) that `edits` leave, cut wherever they insert. */
function survivors(edits: Edit[], from: number, to: number): [number, number][] {
  const pieces: [number, number][] = [];
  let start = from;
  for (const { pos, del } of edits) {
    if (pos + del < start || pos >= to) continue;
    if (pos > start) pieces.push([start, pos]);
    start = Math.max(start, pos + del);
  }
  if (start < to) pieces.push([start, to]);
  return pieces;
}

/**
 * `mine`, made against the same text as `theirs`, as it reads after `theirs`. What they inserted
 * stays.
 */
export function rebaseEdits(mine: Edit[], theirs: Edit[]): Edit[] {
  const made: Edit[] = [];
  for (const { pos, del, ins } of mine) {
    let place = mapPosition(theirs, pos);
    let left = ins;
    for (const [from, to] of survivors(theirs, pos, pos + del)) {
      // The start of a piece is after an insertion made there, so it is mapped from the inside.
      const start = mapPosition(theirs, from + 1) - 1;
      if (left && start !== place) {
        made.push({ pos: place, del: 0, ins: left });
        left = '';
      }
      made.push({ pos: start, del: to - from, ins: left });
      left = '';
      place = start;
    }
    if (left) made.push({ pos: place, del: 0, ins: left });
  }
  return made;
}
