// If these fail, a busy node makes every page ask for everything all the time, or a page misses the
// last change.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './bundle.mjs';
import { virtualTimers } from './virtual_timers.mjs';

const { createCoalescer } = await load('state/coalescer.ts');

test('a burst is one run, after it is quiet', async () => {
  const timers = virtualTimers();
  let runs = 0;
  const coalescer = createCoalescer(async () => (runs += 1), 50, 400, timers);
  for (let n = 0; n < 5; n += 1) {
    coalescer.request();
    await timers.advance(20);
  }
  assert.equal(runs, 0);
  await timers.advance(50);
  assert.equal(runs, 1);
  await timers.advance(1000);
  assert.equal(runs, 1);
});

test('a burst without end is answered in between', async () => {
  const timers = virtualTimers();
  let runs = 0;
  const coalescer = createCoalescer(async () => (runs += 1), 50, 400, timers);
  for (let n = 0; n < 100; n += 1) {
    coalescer.request();
    await timers.advance(20);
  }
  assert.ok(runs >= 4 && runs <= 5, `${runs} runs`);
});

test('never two at once, and one more for what came meanwhile', async () => {
  const timers = virtualTimers();
  const ends = [];
  const coalescer = createCoalescer(() => new Promise((end) => ends.push(end)), 50, 400, timers);
  coalescer.now();
  coalescer.now();
  coalescer.request();
  await timers.advance(100);
  assert.equal(ends.length, 1);
  ends[0]();
  await timers.advance(0);
  assert.equal(ends.length, 2);
  ends[1]();
  await timers.advance(1000);
  assert.equal(ends.length, 2);
});

test('a run that fails does not stop later ones', async () => {
  const timers = virtualTimers();
  let runs = 0;
  const work = async () => {
    runs += 1;
    throw new Error('the node was away');
  };
  const coalescer = createCoalescer(work, 50, 400, timers);
  coalescer.now();
  await timers.advance(0);
  coalescer.now();
  await timers.advance(0);
  assert.equal(runs, 2);
});

test('nothing runs after a stop', async () => {
  const timers = virtualTimers();
  let runs = 0;
  const coalescer = createCoalescer(async () => (runs += 1), 50, 400, timers);
  coalescer.request();
  coalescer.stop();
  coalescer.request();
  await timers.advance(1000);
  assert.equal(runs, 0);
});
