// Makes assets.S and assets.cpp of the built page: `node embed.mjs DIST OUTDIR`.
// DIST is what build.mjs wrote. OUTDIR also gets the gzip form of each file.
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { extname, join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

async function filesBelow(folder) {
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await filesBelow(path)));
    else found.push(path);
  }
  return found.sort();
}

async function assetOf(file, dist, packed, index) {
  const content = await readFile(file);
  const path = '/' + relative(dist, file).replaceAll('\\', '/');
  const type = types[extname(file)];
  if (!type) throw new Error(`${path}: no content type is known for it`);
  const gzip = join(packed, `${index}.gz`);
  await writeFile(gzip, gzipSync(content, { level: 9 }));
  const etag = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return { path, type, file, gzip, etag, index };
}

/** Bytes of `file` between two symbols. */
function bytesOf(symbol, file) {
  return [
    `  .global ${symbol}_begin`,
    `  .global ${symbol}_end`,
    `${symbol}_begin:`,
    `  .incbin ${JSON.stringify(file)}`,
    `${symbol}_end:`,
    '  .byte 0',
    '  .balign 16',
  ];
}

function assembly(assets) {
  const lines = ['  .section .rodata', '  .balign 16'];
  for (const { index, file, gzip } of assets) {
    lines.push(
      ...bytesOf(`hearth_web_${index}`, file),
      ...bytesOf(`hearth_web_${index}_gzip`, gzip),
    );
  }
  return [...lines, '  .section .note.GNU-stack,"",%progbits', ''].join('\n');
}

function table(assets) {
  const names = assets.flatMap(({ index }) => [`hearth_web_${index}`, `hearth_web_${index}_gzip`]);
  const declared = names.map(
    (name) => `extern const unsigned char ${name}_begin[], ${name}_end[];`,
  );
  const rows = assets.map(({ path, type, etag, index }) => {
    const name = `hearth_web_${index}`;
    const text = [path, type, `"${etag}"`].map((each) => JSON.stringify(each)).join(', ');
    const bytes = `{${name}_begin, ${name}_end}, {${name}_gzip_begin, ${name}_gzip_end}`;
    return `    {${text}, ${bytes}, ${path.startsWith('/assets/')}},`;
  });
  return `#include "node/web/assets.hpp"

#include <array>

extern "C" {
${declared.join('\n')}
}

namespace hearth::web {

const asset* find_asset(std::string_view path) {
  static const std::array<asset, ${assets.length}> assets{{
${rows.join('\n')}
  }};
  for (const auto& each : assets) {
    if (each.path == path) return &each;
  }
  return nullptr;
}

}  // namespace hearth::web
`;
}

async function main() {
  const [dist, out] = process.argv.slice(2).map((folder) => resolve(folder));
  if (!dist || !out) throw new Error('usage: node embed.mjs DIST OUTDIR');
  const packed = join(out, 'gzip');
  await rm(packed, { recursive: true, force: true });
  await mkdir(packed, { recursive: true });
  const files = await filesBelow(dist);
  const assets = await Promise.all(files.map((file, index) => assetOf(file, dist, packed, index)));
  await writeFile(join(out, 'assets.S'), assembly(assets));
  await writeFile(join(out, 'assets.cpp'), table(assets));
}

main().catch((error) => {
  console.error(`embed.mjs: ${error.message}`);
  process.exit(1);
});
