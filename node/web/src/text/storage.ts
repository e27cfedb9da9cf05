// What GET /api/status says of the storage, as names and values to read. A node may tell more than
// this page knows.
import { bytes } from './format';

export interface StorageFacts {
  facts: [name: string, value: string][];
  /** The share of the disk that is taken, 0 to 1; undefined when the node does not say. */
  share: number | undefined;
}

const isSize = /(^|_)(bytes|size|used|free|total|capacity|available|max)(_|$)/;

function numberAt(storage: Record<string, unknown>, ...names: string[]): number | undefined {
  for (const name of names) {
    const value = storage[name];
    if (typeof value === 'number') return value;
  }
  return undefined;
}

function titleOf(key: string): string {
  const words = key
    .replace(/_bytes$/, '')
    .replace(/[_.]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function valueOf(key: string, value: unknown): string {
  if (typeof value === 'number') return isSize.test(key) ? bytes(value) : String(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

function flat(storage: Record<string, unknown>, prefix = ''): [string, unknown][] {
  return Object.entries(storage).flatMap(([key, value]): [string, unknown][] => {
    if (value === null || value === '' || Array.isArray(value)) return [];
    if (typeof value !== 'object') return [[prefix + key, value]];
    return flat(value as Record<string, unknown>, `${prefix}${key}_`);
  });
}

export function describeStorage(storage: Record<string, unknown>): StorageFacts {
  const free = numberAt(storage, 'free_bytes', 'free', 'available_bytes', 'available');
  const total = numberAt(storage, 'total_bytes', 'total', 'capacity_bytes', 'capacity');
  return {
    facts: flat(storage).map(([key, value]) => [titleOf(key), valueOf(key, value)]),
    share: total && free !== undefined ? Math.min(1, Math.max(0, 1 - free / total)) : undefined,
  };
}
