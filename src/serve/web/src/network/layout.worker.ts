// The force layout, off the main thread: takes matrices as ForceAtlas2 wants them, sends positions back.

import iterate from 'graphology-layout-forceatlas2/iterate';

export interface Task {
  /** Ten numbers a node, three an edge. */
  nodes: Float32Array;
  edges: Float32Array;
  settings: Record<string, number | boolean>;
  rounds: number;
  /** Milliseconds after which the layout is good enough. */
  time: number;
}

/** Positions, x and y of each node in turn. */
export interface Progress {
  positions: Float32Array;
  done: boolean;
}

const NODE = 10;
/** Milliseconds between two pictures: as many as the screen can show, of large networks fewer. */
const PICTURE = 60;
const LARGE_PICTURE = 400;

self.onmessage = ({ data }: MessageEvent<Task>): void => {
  const { nodes, edges, settings, rounds, time } = data;
  const picture = nodes.length > 1500 * NODE ? LARGE_PICTURE : PICTURE;
  const started = performance.now();
  let shown = started;
  for (let round = 1; round <= rounds; round += 1) {
    iterate(settings, nodes, edges);
    const now = performance.now();
    const done = round === rounds || now - started > time;
    if (done || now - shown > picture) {
      shown = now;
      send(nodes, done);
    }
    if (done) return;
  }
};

function send(nodes: Float32Array, done: boolean): void {
  const positions = new Float32Array((nodes.length / NODE) * 2);
  for (let n = 0; n < positions.length / 2; n += 1) {
    positions[n * 2] = nodes[n * NODE] ?? 0;
    positions[n * 2 + 1] = nodes[n * NODE + 1] ?? 0;
  }
  const message: Progress = { positions, done };
  self.postMessage(message, { transfer: [positions.buffer] });
}
