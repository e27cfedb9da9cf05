// If these fail, the page tells a person wrong sizes, times or tags.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './bundle.mjs';

const format = await load('text/format.ts');
const { parseChange, concerns } = await load('state/changes.ts');

test('sizes, rates and times', () => {
  assert.equal(format.bytes(0), '0 B');
  assert.equal(format.bytes(1536), '1.5 KB');
  assert.equal(format.bytes(999_999), '1.0 MB');
  assert.equal(format.bytes(250_000_000_000), '250 GB');
  assert.equal(format.bytes(undefined), '–');
  assert.equal(format.bitrate(4_200_000), '4.2 Mbit/s');
  assert.equal(format.clock(3723), '1:02:03');
  assert.equal(format.clock(65.9), '1:05');
  assert.equal(format.span(90_000), '1 day 1 h');
  assert.equal(format.span(40), '40 s');
  const now = Date.parse('2026-01-01T12:00:00Z');
  assert.equal(format.ago('2026-01-01T11:55:00Z', now), '5 min ago');
  assert.equal(format.ago('not a time', now), '–');
});

test('tags are trimmed and each is there once', () => {
  assert.deepEqual(format.tagsOf(' lab, #lab,two words ,,'), ['lab', 'two words']);
});

test('events that are no changes are left out', () => {
  assert.equal(parseChange('{'), undefined);
  assert.equal(parseChange('null'), undefined);
  assert.equal(parseChange('{"topic":"__proto__","id":"1"}'), undefined);
  assert.deepEqual(parseChange('{"topic":"notes","id":7,"action":"boom"}'), {
    topic: 'notes',
    id: '',
    action: 'updated',
  });
});

test('a change reaches those whom it concerns', () => {
  const change = { topic: 'notes', id: 'a', action: 'updated' };
  assert.ok(concerns(change, { topic: 'notes' }));
  assert.ok(concerns(change, { topic: 'notes', id: 'a' }));
  assert.ok(!concerns(change, { topic: 'notes', id: 'b' }));
  assert.ok(!concerns(change, { topic: 'videos' }));
  assert.ok(concerns({ ...change, id: '' }, { topic: 'notes', id: 'b' }));
});
