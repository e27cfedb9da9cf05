// Real media made, published and probed by FFmpeg.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { output, start } from './process.mjs';

const quiet = ['-hide_banner', '-loglevel', 'error', '-nostdin'];

function source(size, seconds, rate) {
  return [
    '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`,
    '-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:duration=${seconds}`,
  ];
}

function codecs(rate) {
  return [
    '-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p',
    '-g', String(rate), '-b:v', '400k', '-c:a', 'aac', '-b:a', '64k', '-shortest',
  ];
}

/** Makes `folder/name` (its ending chooses the container) of H.264 and AAC once; answers its path. */
export async function makeVideo(t, folder, name, { size = '640x360', seconds = 10, rate = 25 } = {}) {
  const file = join(folder, name);
  if (existsSync(file)) return file;
  const faststart = name.endsWith('.mp4') ? ['-movflags', '+faststart'] : [];
  await output(t, 'ffmpeg', [...quiet, ...source(size, seconds, rate), ...codecs(rate), ...faststart, file]);
  return file;
}

let shared;

/** A ten-second FLV file to publish, made once a process. */
export function sourceFile(t) {
  if (!shared) {
    const folder = mkdtempSync(join(tmpdir(), 'hearth-source-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    shared = makeVideo(t, folder, 'source.flv');
  }
  return shared;
}

/** Makes a picture of that size; its ending chooses the format. */
export async function makeImage(t, folder, name, size = '640x480') {
  const file = join(folder, name);
  const words = ['-f', 'lavfi', '-i', `testsrc2=size=${size}`, '-frames:v', '1', file];
  await output(t, 'ffmpeg', [...quiet, ...words]);
  return file;
}

/** Publishes a file in real time, over and over, until it is stopped or `seconds` have passed. */
export function publish(t, file, url, { seconds } = {}) {
  const limit = seconds ? ['-t', String(seconds)] : [];
  const loop = ['-re', '-stream_loop', '-1', '-i', file];
  const words = ['-hide_banner', '-nostdin', '-nostats', ...loop, ...limit, '-c', 'copy', '-f', 'flv', url];
  return start(t, 'ffmpeg', words);
}

/** What ffprobe says about an address or a file: `{streams, format}`. */
export async function probe(t, url, { args = [], withinMs = 30_000 } = {}) {
  const words = ['-v', 'error', '-of', 'json', '-show_streams', '-show_format', ...args, url];
  return JSON.parse(await output(t, 'ffprobe', words, { withinMs }));
}

/** How many video frames can be decoded from an address within that many seconds of media. */
export async function decodedFrames(t, url, seconds = 2) {
  const words = [...quiet, '-stats', '-loglevel', 'info', '-i', url, '-t', String(seconds), '-f', 'null', '-'];
  const task = start(t, 'ffmpeg', words);
  await task.ended;
  const counts = [...task.output.matchAll(/frame=\s*(\d+)/g)];
  return counts.length ? Number(counts.at(-1)[1]) : 0;
}
