// Who wants to hear of which change.
import type { Change, Topic } from '../api/types';

export interface Interest {
  topic: Topic;
  /** Only changes of this one; without it, of any. */
  id?: string;
}

interface Subscription {
  interests: Interest[];
  heard: () => void;
}

const subscriptions = new Set<Subscription>();
const topics = ['streams', 'images', 'videos', 'notes', 'peers', 'status', 'settings'];
const actions = ['created', 'updated', 'deleted'];

/** Reads the data of one event; `undefined` when it is not a change. */
export function parseChange(data: string): Change | undefined {
  try {
    const said = JSON.parse(data);
    if (typeof said !== 'object' || said === null) return undefined;
    if (!topics.includes(said.topic)) return undefined;
    return {
      topic: said.topic,
      id: typeof said.id === 'string' ? said.id : '',
      action: actions.includes(said.action) ? said.action : 'updated',
    };
  } catch {
    return undefined;
  }
}

/** An event without an id concerns everything of its topic. */
export function concerns(change: Change, interest: Interest): boolean {
  if (change.topic !== interest.topic) return false;
  return interest.id === undefined || change.id === '' || change.id === interest.id;
}

export function subscribe(interests: Interest[], heard: () => void): () => void {
  const subscription = { interests, heard };
  subscriptions.add(subscription);
  return () => subscriptions.delete(subscription);
}

export function publish(change: Change): void {
  for (const { interests, heard } of [...subscriptions]) {
    if (interests.some((interest) => concerns(change, interest))) heard();
  }
}

/** Everything may have changed: the connection was away. */
export function publishAll(): void {
  for (const { heard } of [...subscriptions]) heard();
}
