// Builds the page into dist/page: `npx vite build --config src/playground/page/vite.config.ts`.
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // Whatever NODE_ENV a test runner sets, people get Lit's production build.
  resolve: { conditions: ['module', 'browser', 'production'] },
  build: {
    outDir: resolve(import.meta.dirname, '../../../dist/page'),
    emptyOutDir: true,
    target: 'es2022',
    // Inlined assets would be fetched as data: addresses, which the page's content policy forbids for fonts.
    assetsInlineLimit: 0,
  },
});
