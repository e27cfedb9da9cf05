// Orders of the library.
import type { Video } from '../api/types';

export const videoSorts = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  name: 'By name',
  longest: 'Longest first',
  largest: 'Largest first',
};

export type VideoSort = keyof typeof videoSorts;

const comparisons: Record<VideoSort, (a: Video, b: Video) => number> = {
  newest: (a, b) => (b.uploaded_at ?? '').localeCompare(a.uploaded_at ?? ''),
  oldest: (a, b) => (a.uploaded_at ?? '').localeCompare(b.uploaded_at ?? ''),
  name: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
  longest: (a, b) => (b.duration ?? 0) - (a.duration ?? 0),
  largest: (a, b) => b.size - a.size,
};

export function sortVideos(videos: Video[], sort: VideoSort): Video[] {
  return [...videos].sort(comparisons[sort]);
}
