// A hearthd of a test: in a data folder of its own, on free ports, gone at the end of the test.
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Api } from './api.mjs';
import { run, start } from './process.mjs';
import { until } from './wait.mjs';

export const bin = (name) => join(resolve(process.env.HEARTH_BIN ?? 'build/release/bin'), name);

/** A folder that lives as long as the test. */
export async function temporaryFolder(t, name = 'e2e') {
  const folder = await mkdtemp(join(tmpdir(), `hearth-${name}-`));
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

const loopback = (address) => address.replace(/^(0\.0\.0\.0|\[::\]|\*)(?=:)/, '127.0.0.1');

export class Node {
  /**
   * Options: name; secret (cluster.secret); fixed (list of host:port); discovery (false); ports ({http,
   * peer, rtmp}, 0 by default); args (more flags); env; dataDir; wrap (words put before the program, to
   * run it in another place).
   */
  constructor(t, options) {
    this.t = t;
    this.options = options;
    this.dataDir = options.dataDir;
    this.logs = [];
  }

  arguments() {
    const { name = 'node', discovery = false, fixed = [], ports = {}, args = [] } = this.options;
    const given = [
      '--data-dir', this.dataDir, '--node.name', name, '--peer.discovery', String(discovery),
      ...['http', 'peer', 'rtmp'].flatMap((each) => [`--${each}.port`, String(ports[each] ?? 0)]),
    ];
    if (fixed.length) given.push('--peer.fixed', fixed.join(','));
    return [...given, ...args];
  }

  environment() {
    const inherited = Object.entries(process.env).filter(([key]) => !key.startsWith('HEARTH_'));
    const env = { ...Object.fromEntries(inherited), ...this.options.env };
    // Not on the command line, where every process of the machine could read it.
    if (this.options.secret) env.HEARTH_CLUSTER_SECRET = this.options.secret;
    return env;
  }

  /** Starts the program without waiting for it to be up. */
  launch(extra = []) {
    const words = [...(this.options.wrap ?? []), bin('hearthd'), ...this.arguments(), ...extra];
    this.task = start(this.t, words[0], words.slice(1), { env: this.environment() });
    this.logs.push(this.task);
    return this.task;
  }

  async up(extra = []) {
    const task = this.launch(extra);
    const file = join(this.dataDir, 'run.json');
    const info = await until(
      `run.json of ${this.options.name ?? 'node'}`,
      () => {
        if (task.status !== undefined) return { ended: task.status };
        const read = existsSync(file) && JSON.parse(readFileSync(file, 'utf8'));
        return read && read.pid === task.pid && read;
      },
      { withinMs: 30_000, everyMs: 20 },
    );
    if ('ended' in info) throw new Error(`hearthd ended with ${info.ended}:\n${task.output}`);
    this.info = info;
    this.id = info.node_id;
    this.http = `http://${loopback(info.http)}`;
    this.rtmp = `rtmp://${loopback(info.rtmp)}/live`;
    this.peer = loopback(info.peer);
    this.api = new Api(this.options.wrap ? { socket: this.socket } : { base: this.http });
    return this;
  }

  get socket() {
    return join(this.dataDir, 'hearthd.sock');
  }

  get log() {
    return this.logs.map((task) => task.output).join('--- started again\n');
  }

  alive() {
    return this.task.status === undefined;
  }

  /** SIGTERM; answers the exit status. */
  stop() {
    return this.task.stop('SIGTERM');
  }

  /** kill -9, as a power cut would. */
  async crash() {
    await this.task.stop('SIGKILL');
  }

  async restart(extra = []) {
    if (this.alive()) await this.stop();
    return this.up(extra);
  }

  /** nodectl against this node: `{status, stdout, output}`. */
  ctl(...args) {
    return run(this.t, bin('nodectl'), ['--data-dir', this.dataDir, ...args]);
  }

  /** nodectl --json that has to succeed, parsed. */
  async ctlJson(...args) {
    const done = await this.ctl('--json', ...args);
    if (done.status !== 0) throw new Error(`nodectl ${args.join(' ')}: ${done.status} ${done.output}`);
    return JSON.parse(done.stdout);
  }
}

/** Starts a node. The end of its log is printed at the end of the test, for the sake of failures. */
export async function startNode(t, options = {}) {
  const dataDir = options.dataDir ?? (await temporaryFolder(t, options.name));
  const node = new Node(t, { ...options, dataDir });
  t.after(() => {
    const lines = node.log.trimEnd().split('\n');
    console.log(`--- log of ${options.name ?? 'node'}\n${lines.slice(-25).join('\n')}`);
  });
  return node.up();
}

/** Two nodes that know each other by address and share a secret; waits until both say so. */
export async function startPair(t, options = {}) {
  const secret = options.secret ?? 'correct horse battery staple, twice over';
  const first = await startNode(t, { name: 'attic', secret, ...options });
  const second = await startNode(t, { name: 'barn', secret, fixed: [first.peer], ...options });
  await connected(first, second);
  await connected(second, first);
  return [first, second];
}

/** Waits until `node` says that its link to `other` is up. */
export function connected(node, other, withinMs = 15_000) {
  return until(
    `${node.options.name} connected to ${other.options.name}`,
    async () => (await node.api.peers()).some((each) => each.node_id === other.id && each.state === 'connected'),
    { withinMs },
  );
}
