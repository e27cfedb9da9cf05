// The shapes of the HTTP API that the page reads. Times are RFC 3339, durations seconds, sizes
// bytes.

/** One page of a list. */
export interface Page<T> {
  items: T[];
  next_cursor?: string | null;
}

export interface Counts {
  videos: number;
  active_streams: number;
  images: number;
  notes: number;
  peers: number;
}

export interface Status {
  node_id: string;
  node_name: string;
  version: string;
  uptime: number;
  counts: Counts;
  storage?: Record<string, unknown>;
  sync?: Record<string, unknown>;
}

export type StreamState = 'waiting' | 'live' | 'ended' | 'error';

export interface Stream {
  stream_id: string;
  stream_name: string;
  description?: string;
  node_id?: string;
  node_name?: string;
  status: StreamState;
  error?: string;
  resolution?: string | null;
  fps?: number | null;
  video_codec?: string | null;
  audio_codec?: string | null;
  bitrate?: number | null;
  uptime?: number | null;
  playlist_url?: string | null;
  viewers?: number;
  bytes_received?: number;
  frames_received?: number;
  frames_stored?: number;
  dropped?: number;
  own?: boolean;
  /** Only for the owner, on the node that owns the stream. */
  stream_key?: string;
  rtmp_url?: string;
}

export interface NewStream {
  stream_name: string;
  description?: string;
  resolution?: string;
  bitrate?: number;
}

export interface CreatedStream {
  stream_id: string;
  stream_key: string;
  rtmp_url: string;
  status: StreamState;
}

export interface StartedStream {
  success: boolean;
  stream_id: string;
  playlist_url: string;
  already_running: boolean;
  uptime: number;
}

export type Visibility = 'public' | 'private' | 'subscribers';

export interface StreamImage {
  image_id: string;
  stream_id: string;
  width: number;
  height: number;
  format: string;
  size: number;
  visibility: Visibility;
  thumbnail_url: string;
  url: string;
  node_id?: string;
  uploaded_at?: string;
  views?: number;
}

/** Where a copy is: an id alone, or with a name. */
export type CopyPlace = string | { node_id: string; name?: string; node_name?: string };

export interface Video {
  video_id: string;
  name: string;
  size: number;
  duration?: number | null;
  width?: number | null;
  height?: number | null;
  video_codec?: string | null;
  audio_codec?: string | null;
  bitrate?: number | null;
  uploaded_at?: string;
  tags?: string[];
  nodes?: CopyPlace[];
  file_url?: string;
  poster_url?: string | null;
}

export interface NoteSummary {
  note_id: string;
  title: string;
  tags?: string[];
  shared: boolean;
  version?: string;
  updated_at?: string;
  contributors?: Contributor[];
  snippet?: string;
}

export type Contributor = string | { node_id?: string; name?: string; author_name?: string };

export interface Note extends NoteSummary {
  text: string;
  version: string;
}

export interface NewNote {
  title: string;
  text: string;
  tags: string[];
  shared: boolean;
}

/** A replacement, in Unicode code points: at `pos`, `del` of them go and `ins` comes. */
export interface Edit {
  pos: number;
  del: number;
  ins: string;
}

export interface NotePatch {
  base?: string;
  text?: string;
  edits?: Edit[];
  title?: string;
  tags?: string[];
  shared?: boolean;
}

export interface PatchedNote {
  version: string;
  text: string;
}

export interface NoteVersion {
  version: string;
  author?: string;
  author_name?: string;
  time?: string;
  summary?: string;
}

export interface DiffChange {
  op: 'equal' | 'insert' | 'delete';
  text: string;
}

export interface NoteDiff {
  from: string;
  to: string;
  changes: DiffChange[];
}

export type PeerState = 'connected' | 'connecting' | 'unreachable' | 'nearby' | 'revoked';

export interface Peer {
  node_id: string;
  name?: string;
  state: PeerState;
  address?: string | null;
  found_by?: string | null;
  behind?: number | null;
  rtt_ms?: number | null;
  why?: string | null;
}

export interface Setting {
  key: string;
  value: unknown;
  origin: string;
  description?: string;
  restart_needed?: boolean;
}

export type Topic = 'streams' | 'images' | 'videos' | 'notes' | 'peers' | 'status' | 'settings';

/** What the event stream says: something of this kind changed. An empty id means any of them. */
export interface Change {
  topic: Topic;
  id: string;
  action: 'created' | 'updated' | 'deleted';
}
