// A small set of replacements that turns one text into another. Never cuts a surrogate pair.
import type { Edit } from './edits';
import { differences, type Hunk } from './myers';

/** Past these numbers of single changes a coarser answer is given rather than a slow one. */
const mostCharacterChanges = 400;
const mostLineChanges = 1_000;
const mostCharacters = 200_000;

const isLow = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xdc00;

interface Frame {
  prefix: number;
  suffix: number;
}

/** How much the two begin and end with in common. `caret` tells apart places that read the same. */
function frameOf(before: string, after: string, caret: number | undefined): Frame {
  const shorter = Math.min(before.length, after.length);
  const same = (count: number, most: number): number => {
    let end = count;
    while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end])
      end += 1;
    return end;
  };
  const afterCaret = caret === undefined ? 0 : Math.max(0, after.length - caret);
  // What is behind the caret was not typed just now, as long as it really is the same.
  let suffix = same(0, Math.min(shorter, afterCaret));
  if (suffix < afterCaret) suffix = 0;
  let prefix = 0;
  while (prefix < shorter - suffix && before[prefix] === after[prefix]) prefix += 1;
  suffix = same(suffix, shorter - prefix);
  if (prefix > 0 && (isLow(before, prefix) || isLow(after, prefix))) prefix -= 1;
  const low = isLow(before, before.length - suffix) || isLow(after, after.length - suffix);
  if (suffix > 0 && low) suffix -= 1;
  return { prefix, suffix };
}

const lengthOf = (parts: string[], from: number, count: number): number => {
  let length = 0;
  for (let at = from; at < from + count; at += 1) length += parts[at]!.length;
  return length;
};

/** Hunks of lists of pieces as replacements in the joined text, which begins at `offset`. */
function editsOf(hunks: Hunk[], before: string[], after: string[], offset: number): Edit[] {
  let pos = offset;
  let at = 0;
  return hunks.map(({ a, removed, b, added }) => {
    pos += lengthOf(before, at, a - at);
    at = a;
    const del = lengthOf(before, a, removed);
    return { pos, del, ins: after.slice(b, b + added).join('') };
  });
}

function editsBetween(before: string, after: string, offset: number): Edit[] {
  if (!before && !after) return [];
  const whole = [{ pos: offset, del: before.length, ins: after }];
  if (!before || !after) return whole;
  if (before.length + after.length <= mostCharacters) {
    const characters: [string[], string[]] = [[...before], [...after]];
    const fine = differences(...characters, mostCharacterChanges);
    if (fine) return editsOf(fine, ...characters, offset);
  }
  const lines: [string[], string[]] = [before.split(/(?<=\n)/), after.split(/(?<=\n)/)];
  const coarse = differences(...lines, mostLineChanges);
  return coarse ? editsOf(coarse, ...lines, offset) : whole;
}

/**
 * Replacements that make `after` of `before`; `caret` is where in `after` the person's caret
 * stands.
 */
export function diffText(before: string, after: string, caret?: number): Edit[] {
  if (before === after) return [];
  const { prefix, suffix } = frameOf(before, after, caret);
  return editsBetween(
    before.slice(prefix, before.length - suffix),
    after.slice(prefix, after.length - suffix),
    prefix,
  );
}
