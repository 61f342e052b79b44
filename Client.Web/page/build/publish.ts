import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, ResolvedConfig } from 'vite';

/** Puts the finished build in the place of the former one at once: a server that starts meanwhile reads one or the other. */
export function publish(to: string): Plugin {
  let folder = '';
  return {
    name: 'chathub-publish',
    apply: 'build',
    enforce: 'post',
    configResolved: (config: ResolvedConfig) => {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler: () => {
        rmSync(to, { recursive: true, force: true });
        renameSync(folder, to);
      },
    },
  };
}
