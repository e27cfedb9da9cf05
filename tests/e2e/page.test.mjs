// The page: every part opens without errors, changes without a reload, in dark and light, on a phone.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { byId, openBrowser, openPage } from './support/browser.mjs';
import { startNode, startPair } from './support/node.mjs';
import { until } from './support/wait.mjs';

const paths = ['/', '/upload', '/live', '/library', '/notes', '/peers', '/settings'];

async function filled(t) {
  const node = await startNode(t, { name: 'attic' });
  await node.api.stream({ stream_name: 'A stream with a rather long name that has to fit somewhere' });
  const text = 'some `code`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n';
  await node.api.note({ title: 'A note', text, tags: ['one', 'two'] });
  return node;
}

/** All pages, with the single stream and note. */
async function addresses(node) {
  const [stream] = await node.api.list('/api/streams');
  const [note] = await node.api.list('/api/notes');
  return [...paths, `/live/${stream.stream_id}`, `/notes/${note.note_id}`];
}

describe('page', () => {
  it('opens everywhere without an error', async (t) => {
    const node = await filled(t);
    const browser = await openBrowser(t);
    for (const path of await addresses(node)) {
      const page = await openPage(browser, node.http + path);
      await byId(page, 'page-title').waitFor({ state: 'attached' });
      await page.waitForLoadState('load');
      assert.equal(await byId(page, 'problem').count(), 0, path);
      const problems = page.problems.filter((each) => !/stream\.m3u8/.test(each) && !/404 \(/.test(each));
      assert.deepEqual(problems, [], path);
      await page.context().close();
    }
  });

  it('is sent with headers that keep strangers out', async (t) => {
    const node = await startNode(t);
    const { headers } = await fetch(node.http);
    assert.match(headers.get('content-security-policy') ?? '', /default-src|script-src/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    const other = await node.api.raw('GET', '/', { headers: { host: 'evil.example' } });
    assert.ok(other.status >= 400, 'another host name is refused');
    const headersOfAnother = { origin: 'http://evil.example' };
    const forged = await node.api.raw('POST', '/api/notes', { json: { title: 'x' }, headers: headersOfAnother });
    assert.equal(forged.status, 403);
  });

  it('fits 390 px in both schemes, without scrolling sideways', async (t) => {
    const node = await filled(t);
    const browser = await openBrowser(t);
    for (const colorScheme of ['light', 'dark']) {
      for (const path of await addresses(node)) {
        const page = await openPage(browser, node.http + path, { viewport: { width: 390, height: 844 }, colorScheme });
        await byId(page, 'page-title').waitFor({ state: 'attached' });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(wide <= 0, `${path} is ${wide} px too wide (${colorScheme})`);
        await page.context().close();
      }
    }
  });

  it('follows the scheme of the system and the choice of the person', async (t) => {
    const node = await startNode(t);
    const browser = await openBrowser(t);
    const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await openPage(browser, node.http, { colorScheme: 'light' });
    const dark = await openPage(browser, node.http, { colorScheme: 'dark' });
    await byId(light, 'theme-toggle').first().waitFor({ state: 'attached' });
    const [before, other] = [await background(light), await background(dark)];
    assert.notEqual(before, other);
    // The choices come round: as the system, light, dark.
    await until('another background', async () => {
      await byId(light, 'theme-toggle').first().click();
      return (await background(light)) !== before;
    }, { everyMs: 300 });
    const chosen = await background(light);
    await light.reload();
    assert.equal(await background(light), chosen, 'the choice is remembered');
  });

  it('changes without a reload: counts, streams, notes', async (t) => {
    const node = await startNode(t);
    const browser = await openBrowser(t);
    const home = await openPage(browser, node.http);
    const live = await openPage(browser, `${node.http}/live`);
    const notes = await openPage(browser, `${node.http}/notes`);
    await byId(home, 'count-notes').waitFor();
    for (const page of [home, live, notes]) await page.evaluate(() => (window.sameDocument = true));
    const { note_id: id } = await node.api.note({ title: 'Hello' });
    const { stream_id: stream } = await node.api.stream({ stream_name: 'Door' });
    await until('the count', async () => /1/.test(await byId(home, 'count-notes').innerText()));
    await live.locator(`[data-stream-id="${stream}"]`).waitFor();
    await notes.locator(`[data-note-id="${id}"]`).waitFor();
    await node.api.delete(`/api/notes/${id}`);
    await notes.locator(`[data-note-id="${id}"]`).waitFor({ state: 'detached' });
    for (const page of [home, live, notes]) assert.equal(await page.evaluate(() => window.sameDocument), true);
  });

  it('says that the node is gone, and comes back by itself', async (t) => {
    const node = await startNode(t);
    node.options.ports = { http: new URL(node.http).port }; // so that it comes back there
    const page = await openPage(await openBrowser(t), node.http);
    await byId(page, 'count-notes').waitFor();
    await node.stop();
    await byId(page, 'connection-lost').waitFor();
    await node.up();
    await byId(page, 'connection-lost').waitFor({ state: 'detached', timeout: 20_000 });
  });

  it('shows the peers', async (t) => {
    const [first, second] = await startPair(t);
    const page = await openPage(await openBrowser(t), `${first.http}/peers`);
    const row = page.locator(`[data-node-id="${second.id}"]`);
    await row.waitFor();
    assert.match(await row.innerText(), /barn/);
    assert.equal(await row.locator('[data-testid="peer-state"]').getAttribute('data-state'), 'connected');
    await second.stop();
    await until('the loss shown', async () =>
      (await row.locator('[data-testid="peer-state"]').getAttribute('data-state')) !== 'connected');
  });

  it('is walked through by keyboard', async (t) => {
    const node = await filled(t);
    const page = await openPage(await openBrowser(t), node.http);
    await byId(page, 'count-notes').waitFor();
    const reached = new Set();
    for (let step = 0; step < 40; ++step) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate(() => document.activeElement?.getAttribute('data-testid')));
    }
    for (const name of ['nav-live', 'nav-notes', 'theme-toggle', 'count-notes']) assert.ok(reached.has(name), name);
  });
});
