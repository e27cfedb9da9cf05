import { call, segment } from './client';
import { listAll, type Listing } from './paging';
import type { StreamImage, Visibility } from './types';

/** The cache namespaces in which thumbnails are kept, one for each place that shows them. */
export type ThumbnailPage = 'stream_details' | 'stream_gallery' | 'stream_browser';

export const imagesPath = (streamId: string): string => `/api/streams/${segment(streamId)}/images`;

export const listImages = (
  streamId: string,
  page: ThumbnailPage,
  signal?: AbortSignal,
): Promise<Listing<StreamImage>> =>
  listAll<StreamImage>(`${imagesPath(streamId)}?page=${page}`, signal);

export const showImageTo = (imageId: string, visibility: Visibility): Promise<unknown> =>
  call(`/api/images/${segment(imageId)}`, { method: 'PATCH', body: { visibility } });

export const deleteImage = (imageId: string): Promise<unknown> =>
  call(`/api/images/${segment(imageId)}`, { method: 'DELETE' });

/** The address of a thumbnail as one page's cache keeps it. */
export function thumbnailUrl(image: StreamImage, page: ThumbnailPage): string {
  const url = image.thumbnail_url || `/api/images/${segment(image.image_id)}/thumbnail`;
  if (/[?&]page=/.test(url)) return url;
  return `${url}${url.includes('?') ? '&' : '?'}page=${page}`;
}
