// Lists that come in pages.
import { call } from './client';
import type { Page } from './types';

/** More items than a person scrolls through; past it the page says that the list was cut. */
export const maxItems = 2000;

export interface Listing<T> {
  items: T[];
  cut: boolean;
}

/** Follows `next_cursor` from `path` to the end, or to `maxItems`. */
export async function listAll<T>(path: string, signal?: AbortSignal): Promise<Listing<T>> {
  const items: T[] = [];
  const seen = new Set<string>();
  let cursor = '';
  for (;;) {
    const mark = path.includes('?') ? '&' : '?';
    const address = cursor ? `${path}${mark}cursor=${encodeURIComponent(cursor)}` : path;
    const page = await call<Page<T> | T[]>(address, signal ? { signal } : {});
    const got = Array.isArray(page) ? page : page.items;
    items.push(...got);
    const next = Array.isArray(page) ? '' : (page.next_cursor ?? '');
    if (!next || seen.has(next)) return { items, cut: false };
    if (items.length >= maxItems) return { items: items.slice(0, maxItems), cut: true };
    seen.add(next);
    cursor = next;
  }
}
