// SPDX-License-Identifier: GPL-3.0-or-later
// The light's flash: a folder with a few small JSON files, flat, as on Mongoose OS.
import fs from 'node:fs';
import path from 'node:path';
import { Refusal } from './refusal.js';

export class Files {
  #folder;

  constructor(folder) {
    this.#folder = folder;
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  list() {
    return fs.readdirSync(this.#folder).filter((name) => !name.startsWith('.')).sort();
  }

  /** @returns what is in the file; undefined where there is none, or none that can be read */
  read(name) {
    try {
      return JSON.parse(fs.readFileSync(this.#path(name), 'utf8'));
    } catch {
      return undefined;
    }
  }

  /** Whole or not at all: a light may lose its power at any moment. */
  write(name, value) {
    const half = path.join(this.#folder, '.half');
    const file = fs.openSync(half, 'w', 0o600); // there are passwords in it
    fs.writeSync(file, `${JSON.stringify(value, null, 2)}\n`);
    fs.fsyncSync(file);
    fs.closeSync(file);
    fs.renameSync(half, this.#path(name));
  }

  remove(name) {
    fs.rmSync(this.#path(name), { force: true });
  }

  rename(from, to) {
    try {
      fs.renameSync(this.#path(from), this.#path(to));
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw new Refusal(500, `${from} was not renamed: ${error.code}`);
    }
  }

  // Names come from outside: none of them may lead out of the folder.
  #path(name) {
    if (typeof name !== 'string' || !/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/.test(name)) throw new Refusal(400, 'a file name is required');
    return path.join(this.#folder, name);
  }
}
