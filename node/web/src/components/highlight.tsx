import { split } from '../text/highlight';

/** Text with the words of a search marked. */
export function Highlight({ text, words }: { text: string; words: string }) {
  return (
    <>{split(text, words).map(([part, hit], at) => (hit ? <mark key={at}>{part}</mark> : part))}</>
  );
}
