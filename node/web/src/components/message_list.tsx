import { dismiss, messages } from '../state/messages';
import { useStore } from '../state/store';
import { Icon } from './icon';

/** What was done and what went wrong, at the edge of the screen. */
export function MessageList() {
  const shown = useStore(messages);
  return (
    <div class="messages" role="status" aria-live="polite">
      {shown.map(({ id, kind, text, hint }) => (
        <div key={id} class={`message ${kind}`} data-testid={`message-${kind}`}>
          <div class="grow">
            <div>{text}</div>
            {hint && <div class="muted small">{hint}</div>}
          </div>
          <button
            type="button"
            class="button quiet icon compact"
            aria-label="Dismiss"
            onClick={() => dismiss(id)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
