import { useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icon';

interface Props {
  icon: IconName;
  title: string;
  detail: string;
  accept: string;
  disabled?: boolean;
  testid: string;
  onFiles: (files: File[]) => void;
}

/** Takes files that are dropped on it, or chosen through its button. */
export function DropZone({ icon, title, detail, accept, disabled, testid, onFiles }: Props) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const give = (list: FileList | null | undefined) => {
    const files = [...(list ?? [])];
    if (files.length && !disabled) onFiles(files);
  };
  return (
    <div
      class={`drop ${over && !disabled ? 'over' : ''}`}
      data-testid={testid}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        give(event.dataTransfer?.files);
      }}
    >
      <Icon name={icon} />
      <strong>{title}</strong>
      <span class="muted small">{detail}</span>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={accept}
        disabled={disabled}
        aria-label={title}
        data-testid={`${testid}-input`}
        onChange={(event) => {
          give(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      <button
        type="button"
        class="button"
        disabled={disabled}
        data-testid={`${testid}-choose`}
        onClick={() => input.current?.click()}
      >
        Choose files
      </button>
    </div>
  );
}
