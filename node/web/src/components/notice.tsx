// What stands where something else would: nothing yet, still loading, or an error.
import type { ComponentChildren } from 'preact';
import type { ApiError } from '../api/client';
import { Icon, type IconName } from './icon';

export function Empty(props: { icon: IconName; title: string; children?: ComponentChildren }) {
  return (
    <div class="empty" data-testid="empty">
      <Icon name={props.icon} />
      <strong>{props.title}</strong>
      {props.children}
    </div>
  );
}

export function Loading() {
  return (
    <p class="loading" role="status">
      Loading…
    </p>
  );
}

export function Problem({ error, retry }: { error: ApiError; retry?: () => void }) {
  return (
    <div class="problem" role="alert" data-testid="problem">
      <strong>{error.message}</strong>
      {error.hint && <p>{error.hint}</p>}
      {retry && (
        <p>
          <button type="button" class="button compact" onClick={retry}>
            Try again
          </button>
        </p>
      )}
    </div>
  );
}

/** Says that a list is longer than what is shown. */
export function Cut({ shown }: { shown: number }) {
  return <p class="muted small">Only the first {shown} are shown. Search to find the others.</p>;
}
