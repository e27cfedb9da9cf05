// Notes on one node: editing, sharing, searching, history, concurrent edits, the page.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { byId, openBrowser, openPage } from './support/browser.mjs';
import { startNode } from './support/node.mjs';
import { until } from './support/wait.mjs';

describe('notes', () => {
  it('are created private, edited, and deleted', async (t) => {
    const { api } = await startNode(t);
    const { note_id: id, version } = await api.note({ title: 'Keys', text: 'on the hook', tags: ['house'] });
    const note = await api.get(`/api/notes/${id}`);
    assert.equal(note.shared, false);
    assert.equal(note.version, version);
    assert.deepEqual(note.tags, ['house']);
    const change = { base: version, text: 'on the red hook', title: 'Spare keys' };
    const changed = await api.patch(`/api/notes/${id}`, change);
    assert.equal(changed.text, 'on the red hook');
    assert.notEqual(changed.version, version);
    assert.equal((await api.get(`/api/notes/${id}`)).title, 'Spare keys');
    await api.delete(`/api/notes/${id}`);
    assert.equal((await api.raw('GET', `/api/notes/${id}`)).status, 404);
    assert.equal((await api.list('/api/notes')).length, 0);
  });

  it('are edited by code points, astral ones too', async (t) => {
    const { api } = await startNode(t);
    const { note_id: id, version } = await api.note({ text: 'a🦊b' });
    const { text } = await api.patch(`/api/notes/${id}`, { base: version, edits: [{ pos: 2, del: 1, ins: 'ü🐻' }] });
    assert.equal(text, 'a🦊ü🐻');
  });

  it('merge edits made against the same version', async (t) => {
    const { api } = await startNode(t);
    const { note_id: id, version } = await api.note({ text: 'one three' });
    const results = await Promise.all([
      api.patch(`/api/notes/${id}`, { base: version, edits: [{ pos: 4, del: 0, ins: 'two ' }] }),
      api.patch(`/api/notes/${id}`, { base: version, edits: [{ pos: 9, del: 0, ins: ' four' }] }),
      api.patch(`/api/notes/${id}`, { base: version, edits: [{ pos: 0, del: 0, ins: 'zero ' }] }),
    ]);
    assert.equal(results.length, 3);
    assert.equal((await api.get(`/api/notes/${id}`)).text, 'zero one two three four');
  });

  it('refuse a version that is not known', async (t) => {
    const { api } = await startNode(t);
    const { note_id: id } = await api.note({ text: 'x' });
    const answer = await api.raw('PATCH', `/api/notes/${id}`, { json: { base: 'nonsense', text: 'y' } });
    assert.ok([400, 404, 409].includes(answer.status), String(answer.status));
    assert.ok(answer.json.error.code && answer.json.error.message);
    assert.equal((await api.get(`/api/notes/${id}`)).text, 'x');
  });

  it('are found by words and tags', async (t) => {
    const { api } = await startNode(t);
    await api.note({ title: 'Boiler', text: 'bleed the radiators in October', tags: ['heating'] });
    await api.note({ title: 'Garden', text: 'prune the roses', tags: ['outside'] });
    const titles = async (query) => (await api.list(`/api/notes?${query}`)).map((each) => each.title);
    await until('the index', async () => (await titles('q=radiators')).length === 1);
    assert.deepEqual(await titles('q=radiators'), ['Boiler']);
    assert.deepEqual(await titles('q=garden'), ['Garden']);
    assert.deepEqual(await titles('tag=heating'), ['Boiler']);
    assert.deepEqual(await titles('q=dishwasher'), []);
    for (const odd of ['"', 'a AND', '*', 'NEAR(', '-', "'"]) {
      assert.equal((await api.raw('GET', `/api/notes?q=${encodeURIComponent(odd)}`)).status, 200, odd);
    }
  });

  it('keep every version, which can be read, compared and restored', async (t) => {
    const { api } = await startNode(t);
    const { note_id: id, version: first } = await api.note({ text: 'red\ngreen\n' });
    const { version: second } = await api.patch(`/api/notes/${id}`, { base: first, text: 'red\nblue\n' });
    const versions = await api.list(`/api/notes/${id}/versions`);
    assert.ok(versions.some((each) => each.version === first));
    assert.ok(versions.some((each) => each.version === second));
    const path = (version) => `/api/notes/${id}/versions/${encodeURIComponent(version)}`;
    assert.equal((await api.get(path(first))).text, 'red\ngreen\n');
    const query = new URLSearchParams({ from: first, to: second });
    const diff = JSON.stringify(await api.get(`/api/notes/${id}/diff?${query}`));
    assert.ok(diff.includes('blue') && diff.includes('green'));
    await api.post(`/api/notes/${id}/restore`, { version: first });
    assert.equal((await api.get(`/api/notes/${id}`)).text, 'red\ngreen\n');
    assert.ok((await api.list(`/api/notes/${id}/versions`)).length > versions.length, 'restoring is a new version');
  });

  it('survive a restart with their history', async (t) => {
    const node = await startNode(t);
    const { note_id: id, version } = await node.api.note({ title: 'Kept', text: 'first' });
    await node.api.patch(`/api/notes/${id}`, { base: version, text: 'second' });
    await node.restart();
    assert.equal((await node.api.get(`/api/notes/${id}`)).text, 'second');
    assert.equal((await node.api.get(`/api/notes/${id}/versions/${encodeURIComponent(version)}`)).text, 'first');
  });

  it('are written on the page, show up in another window, and are safe HTML', async (t) => {
    const node = await startNode(t);
    const browser = await openBrowser(t);
    const { note_id: id } = await node.api.note({ title: 'Paint', text: 'start' });
    const one = await openPage(browser, `${node.http}/notes/${id}`);
    const two = await openPage(browser, `${node.http}/notes/${id}`);
    const hostile = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>';
    await byId(one, 'note-text').fill(`# Colours\n${hostile}`);
    await until('saved', async () => (await node.api.get(`/api/notes/${id}`)).text.startsWith('# Colours'));
    await until('the other window', async () => (await byId(two, 'note-text').inputValue()).startsWith('# Colours'));
    await byId(one, 'note-preview').locator('h1').waitFor();
    assert.equal(await one.evaluate(() => window.broken), undefined);
    assert.equal(await two.evaluate(() => window.broken), undefined);
  });

  it('are made by the page', async (t) => {
    const node = await startNode(t);
    const page = await openPage(await openBrowser(t), `${node.http}/notes`);
    await byId(page, 'note-new').first().click();
    await byId(page, 'note-title').fill('From the page');
    await byId(page, 'note-text').fill('typed by hand');
    await until('the note', async () => {
      const [note] = await node.api.list('/api/notes');
      if (note?.title !== 'From the page') return false;
      return (await node.api.get(`/api/notes/${note.note_id}`)).text === 'typed by hand';
    });
  });
});
