// The shortest way from one list to another: Eugene W. Myers, "An O(ND) Difference Algorithm"
// (1986).

/** A run of `before[a..a+removed)` that `after[b..b+added)` replaces. */
export interface Hunk {
  a: number;
  removed: number;
  b: number;
  added: number;
}

type Trace = Int32Array[];

/**
 * For each number of changes, how far each diagonal gets; `undefined` when more than `most` are
 * needed.
 */
function walk(before: string[], after: string[], most: number): Trace | undefined {
  const limit = Math.min(most, before.length + after.length);
  const furthest = new Int32Array(2 * limit + 3);
  const middle = limit + 1;
  const trace: Trace = [];
  for (let changes = 0; changes <= limit; changes += 1) {
    trace.push(furthest.slice(middle - changes - 1, middle + changes + 2));
    for (let k = -changes; k <= changes; k += 2) {
      const left = furthest[middle + k - 1]!;
      const right = furthest[middle + k + 1]!;
      let x = k === -changes || (k !== changes && left < right) ? right : left + 1;
      while (x < before.length && x - k < after.length && before[x] === after[x - k]) x += 1;
      furthest[middle + k] = x;
      if (x >= before.length && x - k >= after.length) return trace;
    }
  }
  return undefined;
}

/** Goes the trace back from the end and answers the single changes in ascending order. */
function steps(trace: Trace, before: string[], after: string[]): Hunk[] {
  const made: Hunk[] = [];
  let x = before.length;
  let y = after.length;
  for (let changes = trace.length - 1; changes > 0; changes -= 1) {
    const furthest = trace[changes]!;
    const middle = changes + 1;
    const k = x - y;
    const left = furthest[middle + k - 1]!;
    const right = furthest[middle + k + 1]!;
    const down = k === -changes || (k !== changes && left < right);
    x = down ? right : left;
    y = x - (down ? k + 1 : k - 1);
    made.push({ a: x, removed: down ? 0 : 1, b: y, added: down ? 1 : 0 });
  }
  return made.reverse();
}

/**
 * The differences of two lists, adjacent ones joined; `undefined` when there are more than `most`
 * single ones.
 */
export function differences(before: string[], after: string[], most: number): Hunk[] | undefined {
  const trace = walk(before, after, most);
  if (!trace) return undefined;
  const joined: Hunk[] = [];
  for (const step of steps(trace, before, after)) {
    const last = joined[joined.length - 1];
    if (last && last.a + last.removed === step.a && last.b + last.added === step.b) {
      last.removed += step.removed;
      last.added += step.added;
    } else joined.push(step);
  }
  return joined;
}
