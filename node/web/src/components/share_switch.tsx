import { Icon } from './icon';

interface Props {
  shared: boolean;
  onChange: (shared: boolean) => void;
}

/** Private or shared. What was shared may have been read: the button says so. */
export function ShareSwitch({ shared, onChange }: Props) {
  return (
    <button
      type="button"
      class="button"
      role="switch"
      aria-checked={shared}
      aria-label="Shared with all nodes"
      title={
        shared
          ? 'Every node has this note. Taken back it goes there too, but others may have read it.'
          : 'Only this node has this note.'
      }
      data-testid="note-share"
      onClick={() => onChange(!shared)}
    >
      <Icon name={shared ? 'share' : 'lock'} />
      {shared ? 'Shared' : 'Private'}
    </button>
  );
}
