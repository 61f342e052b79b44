import { defineConfig } from 'vite';
import { fileURLToPath } from 'node:url';
import { brotli } from './build/brotli.ts';
import { publish } from './build/publish.ts';

const root = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  // Relative addresses: the server may be mounted under a path.
  base: './',
  resolve: { alias: { '@chathub/client': root('../client/src/index.ts'), '@chathub/inbox': root('../inbox/src/index.ts') } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [brotli(), publish(root('../../Server/wwwroot'))],
  build: {
    // Of this process alone, until it is finished.
    outDir: `../../Server/obj/web-${process.pid}`,
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { index: root('index.html'), inbox: root('src/embed.ts'), sw: root('worker/sw.ts') },
      preserveEntrySignatures: 'strict',
      output: {
        // The addresses that other pages embed and that the browser keeps a service worker by stay the same; everything else is named by what it contains.
        entryFileNames: (chunk) => (chunk.name === 'inbox' || chunk.name === 'sw' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/api': 'http://localhost:5080', '/avatars': 'http://localhost:5080', '/hubs': { target: 'http://localhost:5080', ws: true } } },
});
