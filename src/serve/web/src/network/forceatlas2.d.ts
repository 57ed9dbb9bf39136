// The package declares its whole layout, not the single round that the worker needs.
declare module 'graphology-layout-forceatlas2/iterate' {
  export default function iterate(settings: Record<string, number | boolean>, nodes: Float32Array, edges: Float32Array): object;
}
