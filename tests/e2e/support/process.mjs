// Child processes of a test: their output is kept, and none outlives the test.
import { spawn } from 'node:child_process';
import { within } from './wait.mjs';

const limit = 2_000_000;

/** Starts a program. `t` is the context of the test, which kills what is left at its end. */
export function start(t, program, args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const task = { child, pid: child.pid, output: '', stdout: '', status: undefined };
  const keep = (chunk) => {
    if (task.output.length < limit) task.output += chunk;
  };
  child.stdout?.setEncoding('utf8').on('data', (chunk) => {
    keep(chunk);
    if (task.stdout.length < limit) task.stdout += chunk;
  });
  child.stderr?.setEncoding('utf8').on('data', keep);
  task.ended = new Promise((resolve) => {
    child.on('error', (error) => {
      task.output += `${program}: ${error.message}\n`;
      resolve((task.status = -1));
    });
    child.on('close', (code, signal) => resolve((task.status = code ?? signal)));
  });
  task.stop = async (signal = 'SIGTERM', graceMs = 10_000) => {
    if (task.status !== undefined) return task.status;
    child.kill(signal);
    return within(`the end of ${program}`, task.ended, graceMs).catch((error) => {
      child.kill('SIGKILL');
      throw error;
    });
  };
  t.after(async () => {
    if (task.status !== undefined) return;
    child.kill('SIGKILL');
    await task.ended;
  });
  return task;
}

/** Runs a program to its end: `{status, output, stdout}`. */
export async function run(t, program, args, { withinMs = 30_000, ...options } = {}) {
  const task = start(t, program, args, options);
  await within(`${program} ${args.join(' ')}`, task.ended, withinMs);
  return task;
}

/** Runs a program that has to succeed and answers its standard output. */
export async function output(t, program, args, options) {
  const task = await run(t, program, args, options);
  if (task.status !== 0) throw new Error(`${program} ended with ${task.status}: ${task.output}`);
  return task.stdout;
}
