// The node itself: status, peers, settings.
import { call } from './client';
import { listAll, type Listing } from './paging';
import type { Peer, Setting, Status } from './types';

export const getStatus = (signal?: AbortSignal): Promise<Status> =>
  call<Status>('/api/status', signal ? { signal } : {});

export const listPeers = (signal?: AbortSignal): Promise<Listing<Peer>> =>
  listAll<Peer>('/api/peers', signal);

export const addPeer = (address: string): Promise<unknown> =>
  call('/api/peers', { method: 'POST', body: { address } });

export const listSettings = (signal?: AbortSignal): Promise<Listing<Setting>> =>
  listAll<Setting>('/api/settings', signal);
