// SPDX-License-Identifier: GPL-3.0-or-later
// The light's LED: a coloured block in the terminal, drawn anew in its place. Where nobody looks (a file, a pipe) there are plain lines.

const colours = { on: '\x1b[48;2;255;190;60m', off: '\x1b[48;2;70;70;70m', dark: '\x1b[48;2;20;20;20m' };

export class Led {
  #out;
  #shows = 'dark';
  #hint = '';

  constructor(out = process.stdout) {
    this.#out = out;
  }

  /** @param state 'on', 'off', or 'dark' while the light has no power */
  show(state) {
    const news = state !== this.#shows;
    this.#shows = state;
    if (this.#out.isTTY) this.#draw();
    else if (news) this.#out.write(`led: ${state}\n`);
  }

  /** Words that stand behind the block, in a terminal alone. */
  hint(text) {
    this.#hint = text;
    if (this.#out.isTTY) this.#draw();
  }

  /** A line of what happens, above the block. */
  say(text) {
    if (!this.#out.isTTY) {
      this.#out.write(`${text}\n`);
      return;
    }
    this.#out.write(`\r\x1b[K${text}\n`);
    this.#draw();
  }

  /** Leaves the terminal as it was. */
  end() {
    if (this.#out.isTTY) this.#out.write('\r\x1b[K');
  }

  #draw() {
    const block = 'NO_COLOR' in process.env ? (this.#shows === 'on' ? '[###]' : '[   ]') : `${colours[this.#shows]}     \x1b[0m`;
    this.#out.write(`\r\x1b[K ${block} ${this.#shows.padEnd(4)} ${this.#hint}`);
  }
}
