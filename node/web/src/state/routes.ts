// Which page an address means.

export type PageName =
  | 'home'
  | 'upload'
  | 'live'
  | 'stream'
  | 'library'
  | 'video'
  | 'notes'
  | 'note'
  | 'peers'
  | 'settings'
  | 'missing';

export interface Route {
  page: PageName;
  /** The id in the address, decoded; empty for pages without one. */
  id: string;
}

const lists: Record<string, PageName> = {
  '': 'home',
  upload: 'upload',
  live: 'live',
  library: 'library',
  notes: 'notes',
  peers: 'peers',
  settings: 'settings',
};
const single: Record<string, PageName> = { live: 'stream', library: 'video', notes: 'note' };

function own(table: Record<string, PageName>, name: string): PageName | undefined {
  return Object.prototype.hasOwnProperty.call(table, name) ? table[name] : undefined;
}

/** The route of a path such as `/notes/42`; a slash at the end does not matter. */
export function routeOf(path: string): Route {
  const [first = '', second, ...rest] = path.replace(/^\/+|\/+$/g, '').split('/');
  const missing: Route = { page: 'missing', id: '' };
  if (rest.length > 0) return missing;
  if (second === undefined) return { page: own(lists, first) ?? 'missing', id: '' };
  const page = own(single, first);
  if (!page) return missing;
  try {
    return { page, id: decodeURIComponent(second) };
  } catch {
    return missing;
  }
}

/** The entry of the menu that a page belongs to. */
export function sectionOf(page: PageName): PageName {
  if (page === 'stream') return 'live';
  if (page === 'video') return 'library';
  return page === 'note' ? 'notes' : page;
}

export const streamPath = (id: string): string => `/live/${encodeURIComponent(id)}`;
export const videoPath = (id: string): string => `/library/${encodeURIComponent(id)}`;
export const notePath = (id: string): string => `/notes/${encodeURIComponent(id)}`;
