// If these fail, an address that somebody kept or sent opens the wrong page, or none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './bundle.mjs';

const { notePath, routeOf, sectionOf, streamPath } = await load('state/routes.ts');

test('every page has its address', () => {
  const pages = {
    '/': 'home',
    '/upload': 'upload',
    '/live': 'live',
    '/library': 'library',
    '/notes': 'notes',
    '/peers': 'peers',
    '/settings': 'settings',
    '/notes/': 'notes',
  };
  for (const [path, page] of Object.entries(pages)) {
    assert.deepEqual(routeOf(path), { page, id: '' }, path);
  }
});

test('one thing has its id in the address', () => {
  assert.deepEqual(routeOf('/live/abc-1'), { page: 'stream', id: 'abc-1' });
  assert.deepEqual(routeOf('/library/v1'), { page: 'video', id: 'v1' });
  assert.deepEqual(routeOf(notePath('a/b c')), { page: 'note', id: 'a/b c' });
  assert.deepEqual(routeOf(streamPath('é?#')), { page: 'stream', id: 'é?#' });
});

test('any other address is missing, and breaks nothing', () => {
  const paths = ['/x', '/upload/1', '/live/1/2', '/notes/%E0%A4%A', '/__proto__', '/constructor/1'];
  for (const path of paths) assert.equal(routeOf(path).page, 'missing', path);
});

test('a page lights its entry of the menu', () => {
  assert.equal(sectionOf('stream'), 'live');
  assert.equal(sectionOf('video'), 'library');
  assert.equal(sectionOf('note'), 'notes');
  assert.equal(sectionOf('home'), 'home');
});
