// The drawing: sigma on WebGL, with what the reader points at in the foreground.

import Graph from 'graphology';
import type Sigma from 'sigma';
import {
  extremityArrow, layerFill, layerPlain, pathCurved, pathLine, sdfCircle, sdfDiamond, sdfSquare, sdfTriangle,
} from 'sigma/rendering';
import { colours, faded, painter } from './colours';
import type { Point, Positions } from './layout';
import { byEnd, familyOf, other, sizes, type Kind, type Link, type Look, type Network } from './model';
import { PatientSigma } from './patient';

/** Shapes tell kinds apart for those who do not see it by the colour. */
export const SHAPES: Record<Kind, 'circle' | 'square' | 'diamond' | 'triangle'> = {
  resolution: 'circle', statement: 'square', instrument: 'diamond', document: 'square', draft: 'circle', body: 'triangle',
  group: 'diamond', state: 'triangle', other: 'circle',
};

/** Links beyond which they are plain lines without arrows, and hidden while the drawing moves. */
export const MANY = 3000;

export interface Events {
  select(iri: string | null): void;
  expand(iri: string): void;
  moved(): void;
}

/** Milliseconds that a picture at rest may take: of links that take longer, the most telling are drawn. */
const AT_REST = 350;
/** Links that are drawn however long it takes. */
const LEAST = 3000;
/** Milliseconds in which so many are drawn by a machine that can draw all. */
const QUICK = 20;

/** Pixels. */
const NARROW = 560;

type Attributes = Record<string, unknown>;

export interface Drawing {
  sigma: Sigma;
  /**
   * Draws another network; the links of `path` stand out. A `box` of its own is shown whole, whatever is in
   * it, and its links are curved.
   */
  show(network: Network, positions: Positions, box: Point | null, path: Link[], look: Look): void;
  place(positions: Positions): void;
  /** Links that are drawn. A machine that draws slowly does not draw all of very many. */
  drawn(): number;
  /** Whether a picture takes longer than a movement can wait for. */
  slow(): boolean;
  /** Brings a thing and its neighbours to the front; `null` shows all alike. */
  focus(iri: string | null): void;
  /** Draws in the colours of the theme, which has changed. */
  theme(): void;
  kill(): void;
}

const id = (link: Link): string => `${link.from} ${link.to}`;

export function draw(container: HTMLElement, many: boolean, events: Events): Drawing {
  let graph = new Graph({ type: 'directed', multi: false });
  let palette = colours();
  const options = {
    primitives: {
      nodes: {
        shapes: [sdfCircle(), sdfSquare(), sdfDiamond(), sdfTriangle()],
        layers: [layerFill()],
        label: { font: { family: 'system-ui, sans-serif', size: 12 }, margin: 4 },
      },
      edges: {
        paths: many ? [pathLine()] : [pathLine(), pathCurved({ segments: 12, curvature: { attribute: 'curvature', default: 0.2 } })],
        extremities: many ? [] : [extremityArrow({ lengthRatio: 5, widthRatio: 4 })],
        layers: [layerPlain()],
        variables: {},
      },
    },
    styles: {
      nodes: {
        x: { attribute: 'x' },
        y: { attribute: 'y' },
        size: { attribute: 'size', defaultValue: 5 },
        color: { attribute: 'color' },
        shape: { attribute: 'shape' },
        label: { attribute: 'label' },
        labelColor: () => palette.text,
        labelBackgroundColor: () => faded(palette.raised, 0.6),
        labelBackgroundPadding: 1,
        labelSize: { when: (a: Attributes) => a.important === true, then: 14, else: 12 },
        // Whatever asks for the state of the drawing is asked again for each thing whenever that changes: too often for many.
        opacity: many ? 1 : { when: (_: Attributes, s: Attributes, g: Attributes) => g.focused === true && !s.near, then: 0.15, else: 1 },
        labelVisibility: {
          when: (a: Attributes, s: Attributes) => a.important === true || s.isHovered === true || s.chosen === true,
          then: 'visible', else: many ? 'auto' : { when: (_: Attributes, s: Attributes, g: Attributes) => g.focused === true && !s.near, then: 'hidden', else: 'auto' },
        },
        depth: { when: (_: Attributes, s: Attributes) => s.isHovered === true || s.near === true, then: 'topNodes', else: 'nodes' },
        backdropVisibility: { when: (_: Attributes, s: Attributes) => s.isHovered === true || s.chosen === true, then: 'visible', else: 'hidden' },
        backdropColor: () => palette.raised,
        backdropShadowColor: () => palette.faint,
        backdropShadowBlur: 6,
        backdropPadding: 4,
      },
      edges: {
        size: many ? { whenState: 'near', then: 2, else: { attribute: 'size' } } : { attribute: 'size' },
        color: many ? { whenState: 'near', then: () => palette.accent, else: { attribute: 'color' } } : { attribute: 'color' },
        path: { attribute: 'path', defaultValue: 'straight' },
        head: many ? 'none' : 'arrow',
        opacity: many ? { whenState: 'near', then: 1, else: { attribute: 'opacity' } } : {
          when: (_: Attributes, s: Attributes, g: Attributes) => g.focused === true && !s.near, then: 0.06, else: { attribute: 'opacity' },
        },
        depth: { when: (_: Attributes, s: Attributes) => s.near === true, then: 'topEdges', else: 'edges' },
      },
    },
    customNodeState: { near: false, chosen: false },
    customEdgeState: { near: false },
    customGraphState: { focused: false },
    settings: {
      hideEdgesOnMove: many,
      hideLabelsOnMove: many,
      antialiasEdges: !many,
      pickingDownSizingRatio: many ? 6 : 2,
      labelDensity: 0.8,
      labelGridCellSize: 110,
      labelRenderedSizeThreshold: 4,
      autoRescaleContent: many ? 'nodes' : 'labels',
      stagePadding: 40,
      minEdgeThickness: many ? 0.6 : 1,
      itemSizesReference: 'screen',
      zoomToSizeRatioFunction: (ratio: number) => ratio ** 0.35,
      minCameraRatio: 0.01,
      maxCameraRatio: 3,
      allowInvalidContainer: true,
      autoRescale: true,
      doubleClickZoomingRatio: 1.6,
    },
  };
  // The types of sigma ask for one literal declaration; that of a page which chooses between two is checked when it runs.
  const sigma = new PatientSigma(graph, container, options as never);
  let network: Network = { things: new Map(), links: [], left: 0 };
  let look: Look = { size: 'cited', colour: 'kind' };
  let traced = new Set<string>();
  let held: string | null = null;
  /** The links of the network that are drawn: all, where the machine can. */
  let drawn: Link[] = [];
  let curved = false;
  let at: (iri: string) => Point = () => ({ x: 0, y: 0 });

  const addLink = (link: Link, count: number): void => {
    const along = traced.has(id(link));
    // The more links, the less of each: what counts is where they are many.
    const opacity = Math.min(Math.max(1400 / (count + 1), 0.12), 0.65);
    graph.addDirectedEdgeWithKey(id(link), link.from, link.to, {
      path: curved && !many ? 'curved' : 'straight', curvature: 0.25,
      color: along ? palette.accent : palette.family[familyOf(link.uses)], size: along ? 4 : many ? 0.7 : 1.3, opacity: along ? 1 : opacity,
    });
  };

  /** Of what is chosen, all links are seen. */
  const complete = (): void => {
    if (held === null || drawn.length === network.links.length) return;
    for (const link of network.links) {
      if ((link.from === held || link.to === held) && graph.hasNode(held) && !graph.hasEdge(id(link))) addLink(link, drawn.length);
    }
  };

  const build = (): void => {
    const before = graph;
    palette = colours();
    graph = new Graph({ type: 'directed', multi: false });
    const radius = sizes(network, look.size);
    const paint = painter(network, palette, look.colour);
    for (const thing of network.things.values()) {
      graph.addNode(thing.iri, {
        ...at(thing.iri), label: shorten(thing.label), size: (radius.get(thing.iri) ?? 4) * (many ? 0.6 : 1), shape: SHAPES[thing.kind],
        color: paint(thing), important: thing.root,
      });
    }
    for (const link of drawn) addLink(link, drawn.length);
    complete();
    lit = { things: [], links: [] };
    before.removeAllListeners();
    // Names are given room at the edge, but on a narrow screen they would leave none for the drawing, and beside
    // the last year the box has kept some for them.
    sigma.setSetting('autoRescaleContent', many || curved || container.clientWidth < NARROW ? 'nodes' : 'labels');
    sigma.setGraph(graph);
    light(held);
  };

  sigma.on('clickNode', ({ node }) => events.select(node));
  sigma.on('clickStage', () => events.select(null));
  sigma.on('doubleClickNode', ({ node, preventSigmaDefault }) => {
    preventSigmaDefault();
    events.expand(node);
  });
  sigma.on('enterNode', ({ node }) => light(node));
  sigma.on('leaveNode', () => light(held));
  sigma.getCamera().on('updated', events.moved);
  sigma.on('resize', events.moved);

  let lit: { things: string[]; links: string[] } = { things: [], links: [] };
  function light(iri: string | null): void {
    const state = sigma as unknown as {
      setNodesState(keys: string[], state: object): void;
      setEdgesState(keys: string[], state: object): void;
      setGraphState(state: object): void;
    };
    // What was lit may have left the drawing since.
    state.setNodesState(lit.things.filter((key) => graph.hasNode(key)), { near: false, chosen: false });
    state.setEdgesState(lit.links.filter((key) => graph.hasEdge(key)), { near: false });
    lit = { things: [], links: [] };
    if (iri !== null && graph.hasNode(iri)) {
      lit = { things: [iri, ...graph.neighbors(iri)], links: graph.edges(iri) };
      state.setNodesState(lit.things, { near: true });
      state.setNodesState([iri], { chosen: true });
      state.setEdgesState(lit.links, { near: true });
    }
    if (!many) state.setGraphState({ focused: lit.things.length > 0 });
  }

  return {
    sigma,
    show(next, positions, box, path, as) {
      network = next;
      look = as;
      curved = box !== null;
      traced = new Set(path.map(id));
      at = (iri) => positions.get(iri) ?? { x: 0, y: 0 };
      sigma.setCustomBBox(box && { x: [0, box.x], y: [0, box.y] });
      // A part tells how long the whole would take, without keeping the reader waiting for it.
      drawn = many ? telling(next, path, LEAST) : next.links;
      build();
      if (!many) return;
      const took = sigma.measure();
      const most = took < QUICK ? Infinity : Math.floor((LEAST * AT_REST) / took);
      if (drawn.length === next.links.length || most <= LEAST) return;
      drawn = most < next.links.length ? telling(next, path, most) : next.links;
      build();
    },
    drawn: () => drawn.length,
    slow: () => sigma.slow,
    place(positions) {
      graph.updateEachNodeAttributes((iri, attributes) => ({ ...attributes, ...positions.get(iri) }), { attributes: ['x', 'y'] });
    },
    focus(iri) {
      held = iri;
      complete();
      light(iri);
    },
    theme() {
      at = (iri) => graph.getNodeAttributes(iri) as unknown as Point;
      build();
    },
    kill: () => sigma.kill(),
  };
}

/** So many of the links, those of the path and of the roots first, then those whose ends have few others. */
function telling(network: Network, path: Link[], count: number): Link[] {
  const ends = byEnd(network.links);
  const rank = (link: Link): number => {
    if (path.includes(link) || network.things.get(link.from)?.root || network.things.get(link.to)?.root) return 0;
    return (ends.get(link.from)?.length ?? 1) * (ends.get(link.to)?.length ?? 1);
  };
  const ranked = network.links.map((link): [number, Link] => [rank(link), link]).sort(([a], [b]) => a - b);
  return ranked.slice(0, count).map(([, link]) => link);
}

/** Names of treaties can be long; the list has them in full. */
function shorten(label: string): string {
  return label.length > 38 ? `${label.slice(0, 36).trimEnd()}…` : label;
}

/** Things that are linked with one, for those who walk the graph by keyboard. */
export function neighboursOf(network: Network, iri: string): { out: Link[]; in: Link[] } {
  const links = network.links.filter((link) => link.from === iri || link.to === iri);
  const named = (link: Link): string => network.things.get(other(link, iri))?.label ?? '';
  const order = (a: Link, b: Link): number => named(a).localeCompare(named(b), 'en', { numeric: true });
  return { out: links.filter((link) => link.from === iri).sort(order), in: links.filter((link) => link.to === iri).sort(order) };
}
