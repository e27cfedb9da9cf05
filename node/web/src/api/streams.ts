import { call, segment } from './client';
import { listAll, type Listing } from './paging';
import type { CreatedStream, NewStream, StartedStream, Stream } from './types';

const base = '/api/streams';

export const listStreams = (signal?: AbortSignal): Promise<Listing<Stream>> =>
  listAll<Stream>(`${base}/all`, signal);

export const getStream = (id: string, signal?: AbortSignal): Promise<Stream> =>
  call<Stream>(`${base}/${segment(id)}`, signal ? { signal } : {});

export const createStream = (wanted: NewStream): Promise<CreatedStream> =>
  call(`${base}/create`, { method: 'POST', body: wanted });

export const startStream = (id: string): Promise<StartedStream> =>
  call(`${base}/${segment(id)}/start`, { method: 'POST', body: {} });

export const stopStream = (id: string): Promise<unknown> =>
  call(`${base}/${segment(id)}/stop`, { method: 'POST', body: {} });

export const deleteStream = (id: string): Promise<unknown> =>
  call(`${base}/${segment(id)}`, { method: 'DELETE' });
