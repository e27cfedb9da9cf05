// Files on their way to the node. They go on while the person looks at other pages.
import { ApiError } from '../api/client';
import { uploadFile } from '../api/upload';
import { createStore } from './store';

export type UploadState = 'waiting' | 'sending' | 'done' | 'failed' | 'cancelled';

export interface UploadEntry {
  id: number;
  name: string;
  size: number;
  kind: 'image' | 'video';
  state: UploadState;
  share: number;
  error?: ApiError;
  /** Where the result is shown. */
  link: string;
  started_at: Date;
}

interface Job {
  path: string;
  file: File;
  fields: Record<string, string>;
  linkOf: (answer: unknown) => string;
  cancel?: () => void;
}

/** A browser has six connections to a node, and pages need theirs. */
const atOnce = 2;

export const uploads = createStore<UploadEntry[]>([]);
const jobs = new Map<number, Job>();
let lastId = 0;

function change(id: number, changes: Partial<UploadEntry>): void {
  uploads.set(uploads.get().map((entry) => (entry.id === id ? { ...entry, ...changes } : entry)));
}

function failureOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(0, '', error instanceof Error ? error.message : String(error), '');
}

async function send(id: number, job: Job): Promise<void> {
  change(id, { state: 'sending', share: 0 });
  const upload = uploadFile(job.path, job.file, job.fields, (share) => change(id, { share }));
  job.cancel = upload.cancel;
  try {
    const answer = await upload.done;
    change(id, { state: 'done', share: 1, link: job.linkOf(answer) });
    jobs.delete(id);
  } catch (error) {
    const cancelled = error instanceof DOMException && error.name === 'AbortError';
    change(id, cancelled ? { state: 'cancelled' } : { state: 'failed', error: failureOf(error) });
  }
  startWaiting();
}

function startWaiting(): void {
  const entries = uploads.get();
  let free = atOnce - entries.filter((entry) => entry.state === 'sending').length;
  for (const entry of entries) {
    if (free <= 0) return;
    const job = jobs.get(entry.id);
    if (entry.state !== 'waiting' || !job) continue;
    free -= 1;
    void send(entry.id, job);
  }
}

/** Queues a file. `linkOf` makes the address of the result from the node's answer. */
export function enqueue(
  kind: UploadEntry['kind'],
  path: string,
  file: File,
  fields: Record<string, string>,
  linkOf: (answer: unknown) => string,
): void {
  const id = ++lastId;
  jobs.set(id, { path, file, fields, linkOf });
  const entry: UploadEntry = {
    id,
    name: file.name,
    size: file.size,
    kind,
    state: 'waiting',
    share: 0,
    link: '',
    started_at: new Date(),
  };
  uploads.set([...uploads.get(), entry]);
  startWaiting();
}

export function cancelUpload(id: number): void {
  const entry = uploads.get().find((each) => each.id === id);
  if (entry?.state === 'waiting') change(id, { state: 'cancelled' });
  else jobs.get(id)?.cancel?.();
}

/** Sends a failed or cancelled file once more, from its beginning. */
export function retryUpload(id: number): void {
  if (!jobs.has(id)) return;
  change(id, { state: 'waiting', share: 0 });
  startWaiting();
}

/** Takes what has ended off the list. */
export function forgetEnded(): void {
  const kept = uploads.get().filter(({ state }) => state === 'waiting' || state === 'sending');
  const ids = new Set(kept.map((entry) => entry.id));
  for (const id of [...jobs.keys()]) if (!ids.has(id)) jobs.delete(id);
  uploads.set(kept);
}

addEventListener('beforeunload', (event) => {
  const busy = uploads.get().some(({ state }) => state === 'waiting' || state === 'sending');
  if (busy) event.preventDefault();
});
