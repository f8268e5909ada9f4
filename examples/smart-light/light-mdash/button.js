// SPDX-License-Identifier: GPL-3.0-or-later
// The light's user button is the key "r": held for three seconds it resets the light. Where there is no keyboard, SIGUSR2 does.

const hold = 3_000;
const gap = 700; // a key that is held comes again and again, after half a second the first time

export function listen({ input = process.stdin, held, quit, hint }) {
  process.on('SIGUSR2', held);
  if (!input.isTTY) return () => {};

  let since = 0;
  let last = 0;
  let done = false;
  let release = null;
  const rest = 'hold r: factory reset, q: quit';

  input.setRawMode(true);
  input.setEncoding('utf8');
  input.on('data', (keys) => {
    if (/[q\x03]/.test(keys)) {
      quit();
      return;
    }
    if (!keys.includes('r')) return;
    const now = performance.now();
    if (now - last > gap) {
      since = now;
      done = false;
    }
    last = now;
    hint(done ? 'let go' : `held for ${((now - since) / 1000).toFixed(1)} s`);
    clearTimeout(release);
    release = setTimeout(() => hint(rest), gap);
    if (!done && now - since >= hold) {
      done = true;
      held();
    }
  });
  hint(rest);
  return () => input.setRawMode(false);
}
