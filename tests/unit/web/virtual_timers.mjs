// Timers whose time passes only when the test says so.
const settle = () => new Promise((done) => setImmediate(done));

export function virtualTimers() {
  let now = 0;
  let lastId = 0;
  const waiting = new Map();
  const next = (until) =>
    [...waiting.entries()]
      .filter(([, { at }]) => at <= until)
      .sort(([a, one], [b, two]) => one.at - two.at || a - b)[0];
  return {
    set: (run, ms) => {
      waiting.set(++lastId, { run, at: now + ms });
      return lastId;
    },
    clear: (id) => waiting.delete(id),
    advance: async (ms) => {
      const until = now + ms;
      await settle();
      for (let due = next(until); due; due = next(until)) {
        waiting.delete(due[0]);
        now = due[1].at;
        due[1].run();
        await settle();
      }
      now = until;
      await settle();
    },
  };
}
