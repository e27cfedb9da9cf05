// If these fail, two people in one note lose words, or a note that could not be saved is forgotten.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './bundle.mjs';
import { virtualTimers } from './virtual_timers.mjs';

const { ApiError, NoteSession, applyEdits, diffText, rebaseEdits } = await load(
  'api/client.ts',
  'state/note_session.ts',
  'text/diff.ts',
  'text/edits.ts',
);

const refusal = (status) => new ApiError(status, '', 'refused', '');

/** A node that merges edits made against any version that it has had. */
function nodeWith(text) {
  const versions = [text];
  let away = false;
  let refuses = 0;
  const calls = [];
  const note = () => ({
    note_id: 'n',
    title: 'Title',
    tags: [],
    shared: true,
    text: versions[versions.length - 1],
    version: String(versions.length - 1),
  });
  const merge = (base, edits) => {
    const mine = [...edits].reverse();
    const theirs = diffText(base, versions[versions.length - 1]);
    const rebased = rebaseEdits(mine, theirs);
    versions.push(applyEdits(versions[versions.length - 1], rebased));
  };
  return {
    versions,
    calls,
    note,
    write: (next) => versions.push(next),
    leave: (gone) => (away = gone),
    refuse: (status) => (refuses = status),
    get: async () => {
      if (away) throw refusal(0);
      calls.push('get');
      return note();
    },
    patch: async (patch) => {
      if (away) throw refusal(0);
      if (refuses) throw refusal(refuses);
      calls.push(patch);
      if (patch.edits) merge(versions[Number(patch.base)], patch.edits);
      const { version, text: merged } = note();
      return { version, text: merged };
    },
  };
}

function open(node, timers) {
  const shown = [];
  const refused = [];
  const screen = {
    show: (text, map) => shown.push({ text, map }),
    changed: () => undefined,
    refused: (error) => refused.push(error.status),
  };
  return { session: new NoteSession(node.note(), node, screen, timers), shown, refused };
}

test('typing is sent once it is gathered, as edits', async () => {
  const timers = virtualTimers();
  const node = nodeWith('Hello 👩‍🔬 world');
  const { session } = open(node, timers);
  session.edit('Hello 👩‍🔬 big world', 16);
  await timers.advance(399);
  assert.equal(session.state, 'unsaved');
  assert.equal(node.calls.length, 0);
  await timers.advance(2);
  assert.deepEqual(node.calls, [{ base: '0', edits: [{ pos: 10, del: 0, ins: 'big ' }] }]);
  assert.equal(session.state, 'saved');
});

test('words from elsewhere appear, and the caret stays with its words', async () => {
  const timers = virtualTimers();
  const node = nodeWith('one three');
  const { session, shown } = open(node, timers);
  node.write('zero one three');
  session.remoteChanged();
  await timers.advance(0);
  assert.equal(session.text, 'zero one three');
  assert.equal(shown[0].map(4), 9);
});

test('typing while others write keeps the words of both', async () => {
  const timers = virtualTimers();
  const node = nodeWith('one three');
  const { session } = open(node, timers);
  session.edit('one two three', 8);
  node.write('zero one three');
  session.remoteChanged();
  session.edit('one two and a half three', 19);
  await timers.advance(2000);
  assert.equal(session.text, 'zero one two and a half three');
  assert.equal(node.note().text, session.text);
  assert.equal(session.unsaved, false);
});

test('what is typed while a call is under way stays and is sent after it', async () => {
  const timers = virtualTimers();
  const node = nodeWith('a');
  const patch = node.patch;
  let release;
  node.patch = async (given) => {
    await new Promise((done) => (release = done));
    return patch(given);
  };
  const { session } = open(node, timers);
  session.edit('ab', 2);
  await timers.advance(400);
  session.edit('abc', 3);
  node.write('Za');
  release();
  await timers.advance(0);
  assert.equal(session.text, 'Zabc');
  node.patch = patch;
  await timers.advance(1000);
  assert.equal(node.note().text, 'Zabc');
});

test('a node that is away is tried again, and nothing is lost', async () => {
  const timers = virtualTimers();
  const node = nodeWith('a');
  const { session } = open(node, timers);
  node.leave(true);
  session.edit('ab', 2);
  await timers.advance(5000);
  assert.equal(session.state, 'retrying');
  node.write('Xa');
  node.leave(false);
  await timers.advance(20_000);
  assert.equal(session.state, 'saved');
  assert.equal(node.note().text, 'Xab');
});

test('a version that the node does not know is replaced by the present one', async () => {
  const timers = virtualTimers();
  const node = nodeWith('a');
  const { session } = open(node, timers);
  node.write('Xa');
  node.refuse(409);
  session.edit('ab', 2);
  await timers.advance(450);
  node.refuse(0);
  await timers.advance(2000);
  assert.equal(session.text, 'Xab');
  assert.equal(node.note().text, 'Xab');
});

test('a refused change is told and kept, a deleted note is never written to', async () => {
  const timers = virtualTimers();
  const node = nodeWith('a');
  const { session } = open(node, timers);
  node.refuse(413);
  session.edit('ab', 2);
  await timers.advance(500);
  assert.equal(session.state, 'failed');
  assert.equal(session.text, 'ab');
  node.refuse(404);
  session.edit('abc', 3);
  await timers.advance(500);
  assert.equal(session.state, 'gone');
  node.refuse(0);
  session.edit('abcd', 4);
  session.close();
  await timers.advance(5000);
  assert.deepEqual(node.calls, []);
});

test('a refused field is told and dropped, and the text is saved all the same', async () => {
  const timers = virtualTimers();
  const node = nodeWith('a');
  const patch = node.patch;
  node.patch = async (given) => {
    if ('shared' in given) throw refusal(403);
    return patch(given);
  };
  const { session, refused } = open(node, timers);
  session.edit('ab', 2);
  session.setFields({ shared: false });
  await timers.advance(2000);
  assert.deepEqual(refused, [403]);
  assert.equal(session.shownFields.shared, true);
  assert.equal(session.state, 'saved');
  assert.equal(node.note().text, 'ab');
});

test('leaving sends what is unsaved', async () => {
  const timers = virtualTimers();
  const node = nodeWith('a');
  const { session } = open(node, timers);
  session.edit('ab', 2);
  session.setFields({ title: 'New' });
  session.close();
  await timers.advance(0);
  assert.deepEqual(node.calls, [
    { base: '0', title: 'New', edits: [{ pos: 1, del: 0, ins: 'b' }] },
  ]);
});

test('text is not replaced while a character is composed', async () => {
  const timers = virtualTimers();
  const node = nodeWith('a');
  const { session, shown } = open(node, timers);
  session.setComposing(true);
  node.write('Xa');
  session.remoteChanged();
  session.edit('aに', 2);
  await timers.advance(5000);
  assert.equal(shown.length, 0);
  session.setComposing(false);
  await timers.advance(2000);
  assert.equal(session.text, 'Xaに');
  assert.equal(node.note().text, 'Xaに');
});
