import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Plugin, ResolvedConfig } from 'vite';

const COMPRESSIBLE = /\.(js|css|html|svg|json|webmanifest)$/;
const SMALLEST = 512;

/** Writes `name.br` beside each text file of the build, at the highest level: the server sends it as it is. */
export function brotli(): Plugin {
  let folder = '';
  return {
    name: 'chathub-brotli',
    apply: 'build',
    configResolved: (config: ResolvedConfig) => {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle: () => {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => COMPRESSIBLE.test(file))) {
        const content = readFileSync(join(folder, name));
        if (content.length >= SMALLEST) writeFileSync(join(folder, `${name}.br`), compress(content));
      }
    },
  };
}

const compress = (content: Buffer): Buffer =>
  brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
