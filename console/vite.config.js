import { defineConfig } from 'vite'

export default defineConfig({
  base: '/console/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    // Inline data would not pass the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // For working on the console: npm run dev, with a server at its usual address.
  server: { proxy: { '/console/api': { target: 'http://127.0.0.1:4566', headers: { origin: 'http://127.0.0.1:4566' } } } },
})
