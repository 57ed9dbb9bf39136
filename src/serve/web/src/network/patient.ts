// Sigma where drawing is slow: while the reader moves a large network, the picture that is there is moved, and
// it is drawn anew when it rests. Panning is smooth then however long a picture takes.

import Sigma from 'sigma';
import type { CameraState } from 'sigma/types';

/** Milliseconds without a move after which it is drawn. */
const REST = 160;
/** Milliseconds that a picture may take before the patience is needed. */
const SMOOTH = 30;

export class PatientSigma extends Sigma {
  private patient?: boolean;
  private drawnAt?: CameraState | undefined;
  private waiting?: ReturnType<typeof setTimeout>;

  get slow(): boolean {
    return this.patient === true;
  }

  /** Draws at once; milliseconds that it took, of the graphics processor, too. */
  measure(): number {
    const gl = this.getWebGLContext();
    const pixel = new Uint8Array(4);
    // Reading a pixel waits until it has been drawn.
    const draw = (): void => {
      (this as unknown as { render(): void }).render();
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
    };
    // The first picture also waits for what has to be prepared once.
    draw();
    const started = performance.now();
    draw();
    const took = performance.now() - started;
    this.patient = took > SMOOTH;
    // What is moved as a picture need not be hidden to be moved fast.
    if (this.patient && this.getSetting('hideEdgesOnMove')) this.setSettings({ hideEdgesOnMove: false, hideLabelsOnMove: false });
    if (!this.drawnAt) this.on('afterRender', this.arrived);
    this.arrived();
    return took;
  }

  override scheduleRender(): this {
    const now = this.getCamera().getState();
    const then = this.drawnAt;
    // The constructor schedules, too, before there is anything to move.
    if (!this.patient || !then || (now.x === then.x && now.y === then.y && now.ratio === then.ratio)) return super.scheduleRender();
    const scale = then.ratio / now.ratio;
    const corner = this.framedGraphToViewport(this.viewportToFramedGraph({ x: 0, y: 0 }, { cameraState: then }), { cameraState: now });
    this.getStageCanvas().style.transform = `translate(${corner.x}px, ${corner.y}px) scale(${scale})`;
    this.rest();
    return this;
  }

  /** Draws when nothing has moved for a while; a hand that only pauses, with the button down, goes on. */
  private rest(): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      if (this.getMouseCaptor().isMouseDown) this.rest();
      else super.scheduleRender();
    }, REST);
  }

  override kill(): void {
    clearTimeout(this.waiting);
    super.kill();
  }

  private readonly arrived = (): void => {
    this.drawnAt = this.getCamera().getState();
    const { style } = this.getStageCanvas();
    style.transformOrigin = '0 0';
    style.transform = '';
  };
}
