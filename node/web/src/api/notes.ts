import { call, query, segment } from './client';
import { listAll, type Listing } from './paging';
import type {
  NewNote,
  Note,
  NoteDiff,
  NotePatch,
  NoteSummary,
  NoteVersion,
  PatchedNote,
} from './types';

const one = (id: string): string => `/api/notes/${segment(id)}`;

export const listNotes = (
  wanted: { q?: string; tag?: string },
  signal?: AbortSignal,
): Promise<Listing<NoteSummary>> => listAll<NoteSummary>(`/api/notes${query(wanted)}`, signal);

export const getNote = (id: string, signal?: AbortSignal): Promise<Note> =>
  call<Note>(one(id), signal ? { signal } : {});

export const createNote = (wanted: NewNote): Promise<{ note_id: string; version: string }> =>
  call('/api/notes', { method: 'POST', body: wanted });

export const patchNote = (id: string, patch: NotePatch, last = false): Promise<PatchedNote> =>
  call(one(id), { method: 'PATCH', body: patch, keepalive: last });

export const deleteNote = (id: string): Promise<unknown> => call(one(id), { method: 'DELETE' });

export const listVersions = (id: string, signal?: AbortSignal): Promise<Listing<NoteVersion>> =>
  listAll<NoteVersion>(`${one(id)}/versions`, signal);

export const diffVersions = (
  id: string,
  from: string,
  to: string,
  signal?: AbortSignal,
): Promise<NoteDiff> => call(`${one(id)}/diff${query({ from, to })}`, signal ? { signal } : {});

export const restoreVersion = (id: string, version: string): Promise<unknown> =>
  call(`${one(id)}/restore`, { method: 'POST', body: { version } });
