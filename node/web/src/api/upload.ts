// Multipart uploads with progress, which fetch cannot tell.
import { errorFrom } from './client';

export interface Upload {
  done: Promise<unknown>;
  cancel: () => void;
}

/**
 * Sends `file` and `fields` to `path`; `progress` hears the share sent, 0 to 1. Rejects with
 * ApiError.
 */
export function uploadFile(
  path: string,
  file: File,
  fields: Record<string, string>,
  progress: (share: number) => void,
): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<unknown>((resolve, reject) => {
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable && event.total > 0) progress(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      if (request.status < 200 || request.status > 299) {
        reject(errorFrom(request.status, request.responseText));
        return;
      }
      try {
        resolve(request.responseText ? JSON.parse(request.responseText) : undefined);
      } catch {
        resolve(undefined);
      }
    });
    request.addEventListener('error', () => reject(errorFrom(0, '')));
    request.addEventListener('abort', () => reject(new DOMException('cancelled', 'AbortError')));
  });
  const form = new FormData();
  // Fields go first, so that the node knows them before the bytes arrive.
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file, file.name);
  request.open('POST', path);
  request.setRequestHeader('Accept', 'application/json');
  request.send(form);
  return { done, cancel: () => request.abort() };
}
