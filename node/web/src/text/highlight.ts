// Parts of a text that are worth a look: the words of a search, the surroundings of a change.

const special = /[.*+?^${}()|[\]\\]/g;

/** The text in parts, each with whether it is one of `words`. Joined they are the text again. */
export function split(text: string, words: string): [part: string, hit: boolean][] {
  const wanted = words.split(/\s+/).filter(Boolean);
  if (!wanted.length) return [[text, false]];
  const pattern = wanted.map((word) => word.replace(special, '\\$&')).join('|');
  const parts = text.split(new RegExp(`(${pattern})`, 'giu'));
  return parts.map((part, at): [string, boolean] => [part, at % 2 === 1]).filter(([part]) => part);
}

const around = 400;

/** A stretch in which nothing changed, without its middle when it is long. */
export function fold(text: string): string {
  const points = text.length > 3 * around ? [...text] : [];
  if (points.length <= 3 * around) return text;
  const [start, end] = [points.slice(0, around), points.slice(-around)];
  return `${start.join('')}\n⋯\n${end.join('')}`;
}
