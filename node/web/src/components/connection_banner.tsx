import { useEffect, useState } from 'preact/hooks';
import { connection, reconnectNow } from '../state/connection';
import { useStore } from '../state/store';

/** A link that is back at once is not worth a word. */
const graceMs = 700;

export function ConnectionBanner() {
  const state = useStore(connection);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (state !== 'lost') {
      if (state === 'open') setShown(false);
      return undefined;
    }
    const timer = setTimeout(() => setShown(true), graceMs);
    return () => clearTimeout(timer);
  }, [state]);
  return (
    <div role="alert">
      {shown && (
        <div class="lost" data-testid="connection-lost">
          Connection to the node lost, trying again…
          <button type="button" class="button compact" onClick={reconnectNow}>
            Try now
          </button>
        </div>
      )}
    </div>
  );
}
