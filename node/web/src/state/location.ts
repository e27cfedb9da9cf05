// The address of the page, through the History API.
import { createStore } from './store';

export const path = createStore(location.pathname);

const guards = new Set<() => void>();

/** Calls `leaving` before the page moves to another address. */
export function beforeLeaving(leaving: () => void): () => void {
  guards.add(leaving);
  return () => guards.delete(leaving);
}

function moved(): void {
  if (path.get() === location.pathname) return;
  guards.forEach((leaving) => leaving());
  path.set(location.pathname);
}

/** Goes to a path of this page. */
export function navigate(to: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  moved();
  scrollTo(0, 0);
}

addEventListener('popstate', moved);

/** Makes a click on an ordinary link of this page move without a reload. */
export function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest?.('a');
  if (!link || link.target || link.hasAttribute('download')) return;
  if (link.origin !== location.origin || link.pathname.startsWith('/api/')) return;
  if (link.getAttribute('href')?.startsWith('#')) return;
  event.preventDefault();
  navigate(link.pathname + link.search);
}
