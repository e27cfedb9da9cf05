// Bundles the page: `node build.mjs OUTDIR`.
//
// Run it in a folder whose node_modules holds the packages of package.json; the sources are found
// beside this file, so the two may be different folders and the source tree stays clean. OUTDIR
// then holds index.html, assets/, whose file names carry a hash of their content, and licenses.txt
// of what is bundled.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = dirname(fileURLToPath(import.meta.url));
const modules = resolve(process.cwd(), 'node_modules');
const esbuild = createRequire(join(modules, 'here.js'))('esbuild');

const shared = {
  absWorkingDir: source,
  bundle: true,
  minify: true,
  metafile: true,
  nodePaths: [modules],
  target: ['chrome100', 'firefox100', 'safari16.4'],
  entryNames: 'assets/[name]-[hash]',
  chunkNames: 'assets/[name]-[hash]',
  assetNames: 'assets/[name]-[hash]',
  legalComments: 'eof',
  logLevel: 'warning',
};

/** The packages that went into a bundle. */
const packages = new Set();

/** Bundles one entry point and answers the addresses of its script and its style sheet. */
async function bundle(entry, outdir, options) {
  const built = await esbuild.build({ ...shared, ...options, entryPoints: [entry], outdir });
  for (const input of Object.keys(built.metafile.inputs)) {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (name) packages.add(name);
  }
  for (const [file, output] of Object.entries(built.metafile.outputs)) {
    if (output.entryPoint !== entry) continue;
    const address = (name) => '/' + relative(outdir, resolve(source, name)).replaceAll('\\', '/');
    return { script: address(file), style: output.cssBundle && address(output.cssBundle) };
  }
  throw new Error(`esbuild wrote nothing for ${entry}`);
}

/** Copies a file under a name that carries its hash. */
async function copyHashed(file, outdir) {
  const content = await readFile(join(source, file));
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8).toUpperCase();
  const name = `assets/${basename(file, extname(file))}-${hash}${extname(file)}`;
  await writeFile(join(outdir, name), content);
  return '/' + name;
}

/** Writes licenses.txt: what the authors of the bundled packages want to be passed on. */
async function writeLicenses(outdir) {
  const parts = await Promise.all(
    [...packages].sort().map(async (name) => {
      const folder = join(modules, name);
      const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
      const files = (await readdir(folder)).filter((file) => /^licen[cs]e/i.test(file)).sort();
      const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
      return `${name} ${version} (${license})\n\n${texts.join('\n\n').trim()}\n`;
    }),
  );
  await writeFile(join(outdir, 'licenses.txt'), parts.join(`\n${'-'.repeat(78)}\n\n`));
}

async function main() {
  const outdir = process.argv[2] && resolve(process.argv[2]);
  if (!outdir) throw new Error('usage: node build.mjs OUTDIR');
  await rm(outdir, { recursive: true, force: true });
  await mkdir(join(outdir, 'assets'), { recursive: true });
  const theme = await bundle('src/early_theme.ts', outdir, { format: 'iife' });
  const app = await bundle('src/app.tsx', outdir, {
    format: 'esm',
    splitting: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  const places = {
    THEME: theme.script,
    SCRIPT: app.script,
    STYLE: app.style,
    ICON: await copyHashed('src/static/favicon.svg', outdir),
  };
  const template = await readFile(join(source, 'src/index.html'), 'utf8');
  const page = template.replace(/%([A-Z]+)%/g, (_, name) => {
    if (!places[name]) throw new Error(`index.html names %${name}%, which the build does not make`);
    return places[name];
  });
  await writeFile(join(outdir, 'index.html'), page);
  await writeLicenses(outdir);
}

main().catch((error) => {
  console.error(`build.mjs: ${error.message}`);
  process.exit(1);
});
