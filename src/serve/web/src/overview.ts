// `/`: what the graph holds.

import { startPage } from './describe';

export async function overviewPage(): Promise<Node[]> {
  return startPage();
}
