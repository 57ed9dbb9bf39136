import { defineConfig, type Plugin } from 'vite';

// While developing, data comes from a server of resograph; its address may be given in RESOGRAPH.
const server = process.env.RESOGRAPH ?? 'http://127.0.0.1:7878';
const proxy = {
  '^/(sparql|search|suggest|diff|id/|ontology|\\.well-known/)': server,
  '/assets/site.json': server,
  '^/doc/.*\\.(ttl|jsonld|rdf|nt|dot|csv|bib)$': server,
  '^/source/.*\\.(ttl|jsonld|rdf|nt)$': server,
};
// What the server sends, for `vite preview` (src/serve/mod.rs).
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
  "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; worker-src 'self' blob:";

// YASGUI writes one style into its mark-up, which the policy refuses; it is as well without.
const styled = "<strong style='text-decoration:underline'>";
const yasguiWithoutStyles: Plugin = {
  name: 'yasgui-without-styles',
  transform(code, id) {
    if (!id.endsWith('/yasgui.esm.js')) return null;
    if (!code.includes(styled)) throw new Error('YASGUI has changed: see whether it still writes styles into its mark-up');
    return { code: code.replaceAll(styled, '<strong>'), map: null };
  },
};

export default defineConfig({
  plugins: [yasguiWithoutStyles],
  build: {
    target: 'es2022',
    // The policy of the server allows fonts only as files, never inlined in a style.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 3000,
  },
  server: { proxy },
  preview: { proxy, headers: { 'Content-Security-Policy': policy } },
});
