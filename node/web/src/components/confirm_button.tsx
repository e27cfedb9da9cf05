import { useState } from 'preact/hooks';
import { Dialog } from './dialog';
import { Icon, type IconName } from './icon';

interface Props {
  icon: IconName;
  label: string;
  /** Said by screen readers instead of the label. */
  name?: string;
  question: string;
  detail: string;
  /** Only the icon is shown. */
  bare?: boolean;
  compact?: boolean;
  testid: string;
  onConfirm: () => void;
}

/** A button for what cannot be taken back: it asks first. */
export function ConfirmButton(props: Props) {
  const { icon, label, name = label, question, detail, bare, compact, testid, onConfirm } = props;
  const [asking, setAsking] = useState(false);
  const size = `${bare ? 'icon' : ''} ${compact ? 'compact' : ''}`;
  const confirmed = () => {
    setAsking(false);
    onConfirm();
  };
  return (
    <>
      <button
        type="button"
        class={`button danger ${size}`}
        aria-label={name}
        title={bare ? name : undefined}
        data-testid={testid}
        onClick={() => setAsking(true)}
      >
        <Icon name={icon} />
        {!bare && label}
      </button>
      {asking && (
        <Dialog title={question} testid={`${testid}-dialog`} onClose={() => setAsking(false)}>
          <div class="stack">
            <p>{detail}</p>
            <div class="dialog-foot">
              <button type="button" class="button" onClick={() => setAsking(false)}>
                Keep it
              </button>
              <button
                type="button"
                class="button danger"
                data-testid={`${testid}-confirm`}
                onClick={confirmed}
              >
                {label}
              </button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}
