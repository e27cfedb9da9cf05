// Headless Chromium, driven by playwright-core.
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { until } from './wait.mjs';

const packages = resolve(process.env.HEARTH_E2E_PACKAGES ?? 'build/e2e');
const executablePath = process.env.HEARTH_CHROMIUM ?? '/usr/bin/chromium';
const args = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required',
];

export async function openBrowser(t) {
  const { chromium } = createRequire(join(packages, 'here.js'))('playwright-core');
  const browser = await chromium.launch({ executablePath, args, headless: true });
  t.after(() => browser.close());
  return browser;
}

/** A page whose errors are collected in `page.problems`. Options are those of a browser context. */
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.problems = [];
  page.setDefaultTimeout(15_000);
  page.on('console', (message) => {
    if (message.type() === 'error') page.problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => page.problems.push(`exception: ${error.message}`));
  await page.goto(url);
  return page;
}

export const byId = (page, id) => page.locator(`[data-testid="${id}"]`);

/** Colours and time of the picture that a <video> shows now. */
export function picture(page, selector = '[data-testid="player-video"]') {
  return page.evaluate((chosen) => {
    const video = document.querySelector(chosen);
    if (!video || !video.videoWidth) return { time: video?.currentTime ?? -1, colours: 0 };
    const canvas = document.createElement('canvas');
    canvas.width = 64;
    canvas.height = 36;
    const drawing = canvas.getContext('2d', { willReadFrequently: true });
    drawing.drawImage(video, 0, 0, 64, 36);
    const { data } = drawing.getImageData(0, 0, 64, 36);
    const colours = new Set();
    for (let at = 0; at < data.length; at += 4) {
      colours.add(((data[at] >> 4) << 8) | ((data[at + 1] >> 4) << 4) | (data[at + 2] >> 4));
    }
    return { time: video.currentTime, colours: colours.size, width: video.videoWidth, height: video.videoHeight };
  }, selector);
}

/** Waits until the video shows a picture that is not blank and its time has advanced by `seconds`. */
export async function plays(page, selector, { seconds = 2, withinMs = 25_000 } = {}) {
  const first = await until('a picture', async () => {
    const now = await picture(page, selector);
    return now.colours > 20 && now.time > 0 && now;
  }, { withinMs, everyMs: 200 });
  return until(`currentTime ${seconds} s further`, async () => {
    const now = await picture(page, selector);
    return now.time >= first.time + seconds && now.colours > 20 && now;
  }, { withinMs, everyMs: 200 });
}
