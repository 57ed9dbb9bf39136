// A server of the program, a browser, and a watch over what a page must never do.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
export const THEMES = ['light', 'dark'];

/** The program; every test needs it. */
export const resograph = process.env.RESOGRAPH;
const pictures = process.env.RESOGRAPH_PICTURES;

if (!resograph && !process.env.ORIGIN) {
  console.error('RESOGRAPH names the program, RESOGRAPH_GRAPH the folder of the graph that "resograph demo --no-serve" makes');
  process.exit(2);
}

async function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Serves a graph; `origin` is where, `stop` ends it. */
export async function serve(graph = process.env.RESOGRAPH_GRAPH) {
  const origin = `http://127.0.0.1:${await freePort()}`;
  const server = spawn(resograph, ['serve', '--quiet', '--graph', graph, '--bind', origin.slice(7)], { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(`${origin}/health`).catch(() => null);
    if (answer?.ok) break;
    if (tries > 100 || server.exitCode !== null) throw new Error(`${resograph} does not serve ${graph}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    origin,
    stop: async () => {
      server.kill('SIGINT');
      const patience = setTimeout(() => server.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(patience);
    },
  };
}

export function launch() {
  const args = ['--no-sandbox', '--disable-gpu', '--enable-unsafe-swiftshader', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
}

/** A page of its own, and what went wrong on it. `settled` says when nothing is under way any more. */
export async function open(browser, origin, path, { theme = 'light', size = SIZES.desktop, ...more } = {}) {
  const context = await browser.newContext({ viewport: size, colorScheme: theme, baseURL: origin, reducedMotion: 'reduce', ...more });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (/^https?:$/.test(protocol) && asked !== origin) faults.push(`request to another host: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} from ${response.url()}`);
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(path);
  await settled(page);
  return { page, faults, close: () => context.close() };
}

/** That a page is what was asked for: its heading, and nothing on it that says that something did not work. */
export async function shows(page, heading) {
  const told = await page.locator('main h1').allInnerTexts();
  assert.equal(told.length, 1, `the page has ${told.length} headings`);
  assert.match(told[0], heading);
  assert.deepEqual(await page.locator('main .error:visible').allInnerTexts(), []);
}

/** Waits until the page is there, and what it loads behind it. */
export async function settled(page) {
  await page.waitForSelector('main h1');
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]') && !/^Loading/m.test(document.querySelector('main').innerText));
  await page.waitForLoadState('networkidle');
}

export async function picture(page, name) {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

/** Goes on with Tab until the focus is on what is wanted; what is reached so can be reached without a mouse. */
export async function tabTo(page, wanted, most = 150, first = null) {
  for (let n = 0; n < most; n += 1) {
    // An editor takes the Tab key for itself until it is left by another.
    if (first) await page.keyboard.press(first);
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const element = document.activeElement;
      const label = element?.getAttribute('aria-label') ?? element?.labels?.[0]?.innerText ?? element?.innerText ?? '';
      return `${element?.tagName.toLowerCase() ?? ''} ${label.trim()}`;
    });
    if (wanted.test(name)) return name;
  }
  throw new Error(`Tab does not lead to ${wanted}`);
}
