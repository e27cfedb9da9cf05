// If these fail, typing in a note loses or doubles characters.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './bundle.mjs';

const { diffText } = await load('text/diff.ts');
const { applyEdits, mapPosition, rebaseEdits } = await load('text/edits.ts');
const { countCodePoints, inCodePoints, wellFormed } = await load('text/code_points.ts');
const { editsOfRaw, shownText } = await load('text/lines.ts');

/** A small generator, so that a failure can be seen again. */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

const letters = ['a', 'b', 'a', ' ', '\n', 'é', '👩', '🔥', '漢'];

function randomText(pick, length) {
  return Array.from({ length }, () => letters[pick(letters.length)]).join('');
}

function changed(pick, text) {
  let points = [...text];
  for (let times = pick(4); times >= 0; times -= 1) {
    const at = pick(points.length + 1);
    const inserted = [...randomText(pick, pick(4))];
    points = [...points.slice(0, at), ...inserted, ...points.slice(at + pick(4))];
  }
  return points.join('');
}

/** What a node does: apply edits counted in code points, one after another. */
function applyAsNode(text, edits) {
  let points = [...text];
  for (const { pos, del, ins } of edits) {
    points = [...points.slice(0, pos), ...ins, ...points.slice(pos + del)];
  }
  return points.join('');
}

test('a difference turns the one text into the other, in units and in code points', () => {
  const pick = random(1);
  for (let round = 0; round < 3000; round += 1) {
    const before = randomText(pick, pick(40));
    const after = changed(pick, before);
    const edits = diffText(before, after, pick(2) ? pick(after.length + 1) : undefined);
    assert.equal(applyEdits(before, edits), after);
    assert.equal(applyAsNode(before, inCodePoints(before, edits).reverse()), after);
  }
});

test('a difference is small', () => {
  assert.deepEqual(diffText('same', 'same'), []);
  assert.deepEqual(diffText('hello world', 'hello, world'), [{ pos: 5, del: 0, ins: ',' }]);
  const edits = diffText('first line\nmiddle\nlast line', 'First line\nmiddle\nlast line!');
  assert.equal(
    edits.reduce((sum, { del, ins }) => sum + del + ins.length, 0),
    3,
  );
});

test('the caret tells which of two equal letters was typed', () => {
  assert.deepEqual(diffText('aaa', 'aaaa', 1), [{ pos: 0, del: 0, ins: 'a' }]);
  assert.deepEqual(diffText('aaa', 'aaaa', 3), [{ pos: 2, del: 0, ins: 'a' }]);
  assert.deepEqual(diffText('aaa', 'aaaa', 4), [{ pos: 3, del: 0, ins: 'a' }]);
});

test('positions count code points, not UTF-16 units', () => {
  const before = '👩‍🔬 lab 🔥';
  const edits = diffText(before, '👩‍🔬 lab notes 🔥');
  const [edit] = inCodePoints(before, edits);
  assert.equal(edits[0].pos - edit.pos, 2);
  assert.equal(countCodePoints('a👩b'), 3);
});

test('emoji that share half of a pair are replaced whole', () => {
  const [edit] = diffText('x🔥y', 'x🔦y');
  assert.deepEqual(edit, { pos: 1, del: 2, ins: '🔦' });
});

test('half a pair never leaves the page', () => {
  assert.equal(wellFormed('a\ud83db\udd25c👩'), 'a\ufffdb\ufffdc👩');
});

test('a very large change is still right', () => {
  const pick = random(2);
  const before = Array.from({ length: 3000 }, () => randomText(pick, 30)).join('\n');
  const after = `top\n${before.slice(0, 40_000)}${randomText(pick, 3000)}${before.slice(41_000)}end`;
  assert.equal(applyEdits(before, diffText(before, after)), after);
});

test('what both sides inserted survives a rebase, what either deleted goes', () => {
  const pick = random(3);
  for (let round = 0; round < 3000; round += 1) {
    const base = randomText(pick, pick(30));
    // Each side inserts only a letter of its own, so that they can be counted afterwards.
    const side = (letter) => (edit) => ({ ...edit, ins: letter.repeat(edit.ins.length) });
    const mine = diffText(base, changed(pick, base)).map(side('M'));
    const theirs = diffText(base, changed(pick, base)).map(side('T'));
    const merged = applyEdits(applyEdits(base, theirs), rebaseEdits(mine, theirs));
    const count = (text, letter) => text.split(letter).length - 1;
    const inserted = (edits) => edits.reduce((sum, { ins }) => sum + ins.length, 0);
    assert.equal(count(merged, 'M'), inserted(mine));
    assert.equal(count(merged, 'T'), inserted(theirs));
    assert.equal(merged.replace(/[MT]/g, ''), keptUnits(base, mine, theirs));
  }
});

function keptUnits(base, ...sides) {
  const gone = new Set();
  for (const { pos, del } of sides.flat()) {
    for (let at = pos; at < pos + del; at += 1) gone.add(at);
  }
  return base
    .split('')
    .filter((_, at) => !gone.has(at))
    .join('');
}

test('a caret stays with the words around it', () => {
  const theirs = [
    { pos: 0, del: 0, ins: 'Hi! ' },
    { pos: 6, del: 3, ins: '' },
  ];
  assert.equal(mapPosition(theirs, 5), 9);
  assert.equal(mapPosition(theirs, 8), 10);
  assert.equal(mapPosition(theirs, 9), 10);
  assert.equal(mapPosition(theirs, 0), 0);
});

test('carriage returns that a text area hides are left alone', () => {
  const raw = 'one\r\ntwo\r\nthree';
  const edits = diffText(shownText(raw), 'one\ntwo and a half\nthree!');
  assert.equal(applyEdits(raw, editsOfRaw(raw, edits)), 'one\r\ntwo and a half\r\nthree!');
  const joined = diffText(shownText(raw), 'onetwo\nthree');
  assert.equal(applyEdits(raw, editsOfRaw(raw, joined)), 'onetwo\r\nthree');
});
