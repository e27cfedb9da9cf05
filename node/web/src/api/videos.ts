import { call, query, segment } from './client';
import { listAll, type Listing } from './paging';
import type { Video } from './types';

const base = '/api/videos';

export const videosPath = base;

export const listVideos = (
  wanted: { q?: string; sort?: string },
  signal?: AbortSignal,
): Promise<Listing<Video>> => listAll<Video>(`${base}${query(wanted)}`, signal);

export const getVideo = (id: string, signal?: AbortSignal): Promise<Video> =>
  call<Video>(`${base}/${segment(id)}`, signal ? { signal } : {});

export const changeVideo = (
  id: string,
  change: { name?: string; tags?: string[] },
): Promise<unknown> => call(`${base}/${segment(id)}`, { method: 'PATCH', body: change });

export const deleteVideo = (id: string): Promise<unknown> =>
  call(`${base}/${segment(id)}`, { method: 'DELETE' });

export const fileUrl = (video: Video): string =>
  video.file_url || `${base}/${segment(video.video_id)}/file`;
