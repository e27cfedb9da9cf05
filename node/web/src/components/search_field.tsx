import { useEffect, useState } from 'preact/hooks';
import { Icon } from './icon';

const typingMs = 200;

interface Props {
  label: string;
  testid: string;
  onSearch: (words: string) => void;
}

/** Searches while one types. */
export function SearchField({ label, testid, onSearch }: Props) {
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => onSearch(text.trim()), typingMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div class="with-icon grow" role="search">
      <Icon name="search" />
      <input
        type="search"
        class="input"
        aria-label={label}
        placeholder={label}
        value={text}
        data-testid={testid}
        onInput={(event) => setText(event.currentTarget.value)}
      />
    </div>
  );
}
