// Light or dark: as the system wishes until the reader chooses.

const KEY = 'theme';

/** What a browser that keeps nothing for this page refuses is done without. */
function kept<T>(act: (storage: Storage) => T): T | null {
  try {
    return act(localStorage);
  } catch {
    return null;
  }
}

export function themeSwitch(button: HTMLElement): void {
  const root = document.documentElement;
  const stored = kept((storage) => storage.getItem(KEY));
  if (stored) root.dataset.theme = stored;
  const dark = () => (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const tell = () => button.setAttribute('aria-pressed', String(dark()));
  button.addEventListener('click', () => {
    root.dataset.theme = dark() ? 'light' : 'dark';
    kept((storage) => storage.setItem(KEY, root.dataset.theme ?? ''));
    tell();
    // What is drawn on a canvas has to be drawn anew.
    dispatchEvent(new Event('themechange'));
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    tell();
    dispatchEvent(new Event('themechange'));
  });
  tell();
}
