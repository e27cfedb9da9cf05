// One note being edited here while others edit it elsewhere. Holds the last text known to be the
// node's and the text on the screen; sends the difference, takes the merged answer, and puts what
// was typed in the meantime back on top of it. One call at a time. Knows nothing of the screen or
// the network, which are given to it.
import { ApiError } from '../api/client';
import type { Note, NotePatch, PatchedNote } from '../api/types';
import { inCodePoints, wellFormed } from '../text/code_points';
import { diffText } from '../text/diff';
import { applyEdits, mapPosition, rebaseEdits } from '../text/edits';
import { editsOfRaw, shownText } from '../text/lines';
import { browserTimers, type Timers } from './coalescer';

export type SaveState = 'saved' | 'unsaved' | 'saving' | 'retrying' | 'failed' | 'gone';
export type NoteFields = Pick<NotePatch, 'title' | 'tags' | 'shared'>;

export interface NoteCalls {
  get: () => Promise<Note>;
  patch: (patch: NotePatch, last: boolean) => Promise<PatchedNote>;
}

export interface NoteScreen {
  /** Shows another text; `map` says where a position of the former one is now. */
  show: (text: string, map: (position: number) => number) => void;
  /** Something other than the text changed. */
  changed: () => void;
  /** The node refused title, tags or sharing; they are as before again. */
  refused: (error: ApiError) => void;
}

/** How long typing is gathered before it is sent. */
export const gatherMs = 400;
const firstRetryMs = 1_000;
const longestRetryMs = 10_000;
const mostConflicts = 5;

/** What an error asks for. */
function stepOf(error: ApiError): 'gone' | 'behind' | 'again' | 'refused' {
  if (error.status === 409 || error.code === 'unknown_version') return 'behind';
  if (error.status === 404 || error.status === 410) return 'gone';
  return error.unreachable || error.status >= 500 || error.status === 429 ? 'again' : 'refused';
}

export class NoteSession {
  text: string;
  state: SaveState = 'saved';
  error: ApiError | undefined;
  private caret: number | undefined;
  private fields: NoteFields = {};
  private remotePending = false;
  private composing = false;
  private closed = false;
  private timer: unknown;
  private retryMs = firstRetryMs;
  private conflicts = 0;
  private behind = false;
  private busy = false;
  private held: (() => void) | undefined;

  constructor(
    public note: Note,
    private readonly calls: NoteCalls,
    private readonly screen: NoteScreen,
    private readonly timers: Timers = browserTimers,
  ) {
    this.text = shownText(note.text);
  }

  /** The fields as the person left them, sent or not. */
  get shownFields(): NoteFields {
    const { title, tags = [], shared } = this.note;
    return { title, tags, shared, ...this.fields };
  }

  get unsaved(): boolean {
    return this.text !== shownText(this.note.text) || Object.keys(this.fields).length > 0;
  }

  /** The person typed; `caret` is where the caret stands now. */
  edit(text: string, caret?: number): void {
    this.text = wellFormed(text);
    this.caret = caret;
    this.wanted();
  }

  /** The person changed title, tags or sharing. */
  setFields(fields: NoteFields): void {
    this.fields = { ...this.fields, ...fields };
    this.wanted();
  }

  /** The node said that this note changed. */
  remoteChanged(): void {
    if (this.state === 'gone') return;
    this.remotePending = true;
    void this.run();
  }

  /** While a character is composed (input methods), the text on the screen is not replaced. */
  setComposing(composing: boolean): void {
    this.composing = composing;
    if (composing) return;
    const held = this.held;
    this.held = undefined;
    held?.();
    void this.run();
  }

  /** Sends what is unsaved at once. */
  flush(): void {
    void this.run();
  }

  /** The page is left: sends what is unsaved and hears no answer. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.stopTimer();
    if (this.unsaved && this.state !== 'gone') {
      this.calls.patch(this.patchOf(), true).catch(() => undefined);
    }
  }

  /** The note was deleted here: nothing is to be sent any more. */
  forget(): void {
    this.closed = true;
    this.stopTimer();
  }

  private wanted(): void {
    if (this.state === 'gone') return;
    if (this.state !== 'saving') this.become(this.unsaved ? 'unsaved' : 'saved');
    if (this.timer === undefined && !this.busy) this.after(gatherMs);
  }

  private after(ms: number): void {
    this.stopTimer();
    this.timer = this.timers.set(() => {
      this.timer = undefined;
      void this.run();
    }, ms);
  }

  private stopTimer(): void {
    if (this.timer !== undefined) this.timers.clear(this.timer);
    this.timer = undefined;
  }

  private become(state: SaveState, error?: ApiError): void {
    this.state = state;
    this.error = error;
    if (!this.closed) this.screen.changed();
  }

  private patchOf(): NotePatch {
    const raw = this.note.text;
    const shown = diffText(shownText(raw), this.text, this.caret);
    const patch: NotePatch = { base: this.note.version, ...this.fields };
    // From the end to the beginning: the positions then hold whether edits are applied one by one
    // or at once.
    if (shown.length) patch.edits = inCodePoints(raw, editsOfRaw(raw, shown)).reverse();
    return patch;
  }

  private async run(): Promise<void> {
    if (this.busy || this.composing || this.closed || this.state === 'gone') return;
    if (!this.unsaved && !this.remotePending && !this.behind) return;
    this.stopTimer();
    this.busy = true;
    try {
      if (this.unsaved && !this.behind) await this.save();
      else await this.refresh();
      this.retryMs = firstRetryMs;
    } catch (error) {
      if (!this.closed) this.failed(error);
      return;
    } finally {
      this.busy = false;
    }
    if (this.closed) return;
    if (this.state === 'saving' || this.state === 'retrying' || this.state === 'failed') {
      this.become(this.unsaved ? 'unsaved' : 'saved');
    }
    if (this.unsaved) this.after(gatherMs);
    else if (this.remotePending) void this.run();
  }

  private async save(): Promise<void> {
    const patch = this.patchOf();
    const sent = this.text;
    const fields = this.fields;
    this.become('saving');
    const answer = await this.calls.patch(patch, false).catch((error) => {
      this.giveUpFields(fields, error);
      throw error;
    });
    this.conflicts = 0;
    this.dropFields(fields);
    const text = answer.text ?? sent;
    await this.take(sent, { ...this.note, ...fields, text, version: answer.version });
  }

  /** Forgets fields that were sent, but not what the person made of them since. */
  private dropFields(sent: NoteFields): void {
    const kept = Object.entries(this.fields).filter(
      ([name, value]) => sent[name as keyof NoteFields] !== value,
    );
    this.fields = Object.fromEntries(kept);
  }

  /** A refused field must not keep the text from being saved: it is told once and dropped. */
  private giveUpFields(sent: NoteFields, error: unknown): void {
    if (!(error instanceof ApiError) || !Object.keys(sent).length) return;
    if (stepOf(error) !== 'refused') return;
    this.dropFields(sent);
    this.screen.refused(error);
    if (this.unsaved) this.after(gatherMs);
  }

  private async refresh(): Promise<void> {
    this.remotePending = false;
    this.behind = false;
    const before = shownText(this.note.text);
    await this.take(before, await this.calls.get());
  }

  /**
   * Makes `note` the known one. `seen` is what the person had before them when it was asked for.
   */
  private take(seen: string, note: Note): Promise<void> {
    return new Promise((resolve) => {
      const apply = () => {
        if (!this.closed) this.accept(seen, note);
        resolve();
      };
      if (this.composing && !this.closed) this.held = apply;
      else apply();
    });
  }

  private accept(seen: string, note: Note): void {
    const theirs = diffText(seen, shownText(note.text));
    const mine = diffText(seen, this.text, this.caret);
    this.note = note;
    if (theirs.length) {
      const before = this.text;
      const placed = rebaseEdits(mine, theirs);
      this.text = applyEdits(shownText(note.text), placed);
      this.caret = undefined;
      const moved = mine.length ? diffText(before, this.text) : theirs;
      this.screen.show(this.text, (position) => mapPosition(moved, position));
    }
    this.screen.changed();
  }

  private failed(error: unknown): void {
    const known =
      error instanceof ApiError ? error : new ApiError(0, '', String(error), 'Try again.');
    switch (stepOf(known)) {
      case 'gone':
        this.become('gone', known);
        return;
      case 'behind':
        // Take the node's present version, then send again.
        this.conflicts += 1;
        if (this.conflicts > mostConflicts) break;
        this.behind = true;
        this.after(0);
        return;
      case 'again':
        this.become(this.unsaved ? 'retrying' : 'saved', known);
        this.remotePending = true;
        this.after(this.retryMs);
        this.retryMs = Math.min(this.retryMs * 2, longestRetryMs);
        return;
      case 'refused':
        break;
    }
    this.become(this.unsaved ? 'failed' : 'saved', known);
  }
}
