// Bundles TypeScript modules of the page with esbuild and imports them.
// The packages are looked for in HEARTH_WEB_MODULES, then in node/web, then in the build folders.
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const page = join(root, 'node/web');

function modulesFolder() {
  const builds = join(root, 'build');
  const presets = existsSync(builds) ? readdirSync(builds) : [];
  const places = [
    process.env.HEARTH_WEB_MODULES,
    join(page, 'node_modules'),
    ...presets.map((preset) => join(builds, preset, 'node/web/packages/node_modules')),
  ];
  const found = places.find((place) => place && existsSync(join(place, 'esbuild')));
  if (!found) throw new Error('no esbuild: build the target node_web, or run npm ci in node/web');
  return found;
}

/** The exports of these files of `node/web/src`, as one module. */
export async function load(...files) {
  const modules = modulesFolder();
  const esbuild = createRequire(join(modules, 'here.js'))('esbuild');
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: files.map((file) => `export * from './${file}';`).join('\n'),
      resolveDir: join(page, 'src'),
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'node18',
    nodePaths: [modules],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}
