import { useState } from 'preact/hooks';
import { Icon } from './icon';

interface Props {
  label: string;
  value: string;
  /** Shows dots until the person asks. */
  secret?: boolean;
  testid: string;
}

const copiedMs = 1_600;

/**
 * Copies `text`. Pages from a plain http:// address have no clipboard of their own, so the old way
 * is kept.
 */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'unseen';
    // A modal dialog keeps the focus inside, so the text has to be inside too.
    const dialogs = document.querySelectorAll('dialog[open]');
    (dialogs[dialogs.length - 1] ?? document.body).append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    return copied;
  }
}

/** A value to take along, with a button that copies it. */
export function CopyLine({ label, value, secret, testid }: Props) {
  const [shown, setShown] = useState(!secret);
  const [copied, setCopied] = useState<'' | 'Copied' | 'Select and copy by hand'>('');
  const press = async () => {
    const done = await copy(value);
    if (!done) setShown(true);
    setCopied(done ? 'Copied' : 'Select and copy by hand');
    setTimeout(() => setCopied(''), copiedMs);
  };
  return (
    <div class="field">
      <span class="label">{label}</span>
      <div class="copy-line">
        <code data-testid={testid}>{shown ? value : '•'.repeat(18)}</code>
        {secret && (
          <button
            type="button"
            class="button quiet icon compact"
            aria-label={shown ? `Hide ${label}` : `Show ${label}`}
            aria-pressed={shown}
            data-testid={`${testid}-show`}
            onClick={() => setShown(!shown)}
          >
            <Icon name="eye" />
          </button>
        )}
        <button
          type="button"
          class="button compact"
          aria-label={`Copy ${label}`}
          data-testid={`${testid}-copy`}
          onClick={() => void press()}
        >
          <Icon name={copied === 'Copied' ? 'check' : 'copy'} />
          <span role="status">{copied || 'Copy'}</span>
        </button>
      </div>
    </div>
  );
}
