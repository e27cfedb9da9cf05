// Short messages at the edge of the screen: what was done, and what went wrong.
import { ApiError } from '../api/client';
import { createStore } from './store';

export interface Message {
  id: number;
  kind: 'done' | 'error';
  text: string;
  hint: string;
}

export const messages = createStore<Message[]>([]);

const doneMs = 4_000;
const errorMs = 12_000;
const mostShown = 4;
let lastId = 0;

function show(kind: Message['kind'], text: string, hint: string, ms: number): void {
  const id = ++lastId;
  messages.set([...messages.get(), { id, kind, text, hint }].slice(-mostShown));
  setTimeout(() => dismiss(id), ms);
}

export function dismiss(id: number): void {
  messages.set(messages.get().filter((message) => message.id !== id));
}

export const sayDone = (text: string): void => show('done', text, '', doneMs);

/** Shows an error; what is not from the node is shown as the browser words it. */
export function sayError(error: unknown): void {
  if (error instanceof DOMException && error.name === 'AbortError') return;
  if (error instanceof ApiError) show('error', error.message, error.hint, errorMs);
  else show('error', error instanceof Error ? error.message : String(error), '', errorMs);
}

/** Runs `work`; says `done` when it ended well and the error when not. Answers whether it did. */
export async function attempt(work: () => Promise<unknown>, done = ''): Promise<boolean> {
  try {
    await work();
    if (done) sayDone(done);
    return true;
  } catch (error) {
    sayError(error);
    return false;
  }
}
