// Positions as the node counts them: Unicode code points, where JavaScript counts UTF-16 units.
import type { Edit } from './edits';

/**
 * The number of code points in the units [from, to) of `text`, which must not cut a surrogate pair.
 */
export function countCodePoints(text: string, from = 0, to = text.length): number {
  let count = 0;
  for (let at = from; at < to; at += 1) {
    const unit = text.charCodeAt(at);
    const pair = unit >= 0xd800 && unit < 0xdc00 && at + 1 < to;
    if (pair && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00) at += 1;
    count += 1;
  }
  return count;
}

/** The same replacements in `text`, counted in code points. */
export function inCodePoints(text: string, edits: Edit[]): Edit[] {
  let at = 0;
  let points = 0;
  return edits.map(({ pos, del, ins }) => {
    points += countCodePoints(text, at, pos);
    at = pos;
    return { pos: points, del: countCodePoints(text, pos, pos + del), ins };
  });
}

/** Half of a pair alone is no character and has no form in UTF-8: it becomes U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '\ufffd',
  );
}
