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
  // For working on the console: npm run dev, beside a server.
  server: { proxy: { '/console/api': { target: process.env.AWS_ENDPOINT_URL ?? 'http://127.0.0.1:4566', changeOrigin: false } } },
})
