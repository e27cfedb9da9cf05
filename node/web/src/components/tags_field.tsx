import { useEffect, useRef, useState } from 'preact/hooks';
import { tagsOf } from '../text/format';

interface Props {
  id: string;
  tags: string[];
  onChange: (tags: string[]) => void;
}

/** Tags as words between commas; taken when the field is left or Enter is pressed. */
export function TagsField({ id, tags, onChange }: Props) {
  const said = tags.join(', ');
  const [text, setText] = useState(said);
  const editing = useRef(false);
  useEffect(() => {
    if (!editing.current) setText(said);
  }, [said]);
  const commit = () => {
    editing.current = false;
    const wanted = tagsOf(text);
    setText(wanted.join(', '));
    if (wanted.join() !== tags.join()) onChange(wanted);
  };
  return (
    <div class="field">
      <label for={id}>Tags</label>
      <input
        id={id}
        class="input"
        value={text}
        autocomplete="off"
        placeholder="lab, week 12"
        data-testid={id}
        onInput={(event) => {
          editing.current = true;
          setText(event.currentTarget.value);
        }}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
    </div>
  );
}
