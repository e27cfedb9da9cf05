// Names of nodes, for places where the API gives only ids.
import { useMemo } from 'preact/hooks';
import { getStatus, listPeers } from '../api/node';
import type { CopyPlace, Contributor } from '../api/types';
import { useResource } from './resource';

export type NameOf = (nodeId: string) => string;

const shortIdLength = 8;

/** Answers names of nodes by id; the beginning of the id for one that is not known. */
export function useNodeNames(): NameOf {
  const peers = useResource('peers', listPeers, [{ topic: 'peers' }]);
  const status = useResource('status', getStatus, [{ topic: 'status' }]);
  return useMemo(() => {
    const names = new Map<string, string>();
    for (const { node_id: id, name } of peers.data?.items ?? []) if (name) names.set(id, name);
    if (status.data) names.set(status.data.node_id, status.data.node_name);
    return (id) => names.get(id) ?? id.slice(0, shortIdLength);
  }, [peers.data, status.data]);
}

export function placeName(place: CopyPlace, nameOf: NameOf): string {
  if (typeof place === 'string') return nameOf(place);
  return place.name || place.node_name || nameOf(place.node_id);
}

export function contributorName(who: Contributor, nameOf: NameOf): string {
  if (typeof who === 'string') return nameOf(who);
  return who.name || who.author_name || nameOf(who.node_id ?? '');
}
