import { useEffect, useState } from 'preact/hooks';

const narrow = matchMedia('(max-width: 820px)');

/** Whether the window is as narrow as a phone; the same border as in the style sheets. */
export function useNarrow(): boolean {
  const [is, setIs] = useState(narrow.matches);
  useEffect(() => {
    const changed = () => setIs(narrow.matches);
    narrow.addEventListener('change', changed);
    return () => narrow.removeEventListener('change', changed);
  }, []);
  return is;
}
