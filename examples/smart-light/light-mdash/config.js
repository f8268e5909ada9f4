// SPDX-License-Identifier: GPL-3.0-or-later
// The light's configuration, in layers as Mongoose OS has them: what the firmware has by itself, what the factory wrote (conf5.json), what
// was set later (conf9.json). A factory reset takes conf9.json away, and nothing else. What is set and not saved is gone after a reboot.
import { Refusal } from './refusal.js';

const factory = 'conf5.json';
const user = 'conf9.json';

const firmware = {
  device: { id: '', password: '' }, // "password" is where the phone keeps the light's name
  dash: { enable: false, server: '', token: '' },
  wifi: { ap: { enable: true, ssid: 'Smart-Light' }, sta: { enable: false, ssid: '', pass: '' } },
  dns_sd: { enable: true },
  conf_acl: '*', // which keys may be set, with commas between them
};
const secrets = ['dash.token', 'wifi.sta.pass'];

const isTree = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Every leaf of a tree as [name with dots, value]. */
function leaves(tree, before = '') {
  return Object.entries(tree).flatMap(([name, value]) => (isTree(value) ? leaves(value, `${before}${name}.`) : [[before + name, value]]));
}

/** What stands at a name with dots; undefined where there is nothing. */
function at(tree, name) {
  return name.split('.').reduce((branch, word) => (isTree(branch) && Object.hasOwn(branch, word) ? branch[word] : undefined), tree);
}

/** Puts a value at a name that is there. */
function put(tree, name, value) {
  const words = name.split('.');
  const last = words.pop();
  at({ tree }, ['tree', ...words].join('.'))[last] = value;
}

export class Config {
  #files;
  #flags;
  #tree;

  /** @param flags of the command line, {'dash.server': …}: they stand above all layers, and are never saved */
  constructor(files, flags, say) {
    this.#files = files;
    this.#flags = flags;
    this.say = say;
    this.load();
  }

  /** As it is after a reboot. */
  load() {
    this.#tree = this.#layers(factory, user);
  }

  /** @param key a name with dots; without one: all. @param hide whether secrets are left out */
  get(key = '', hide = false) {
    const all = structuredClone(this.#tree);
    for (const [name, value] of Object.entries(this.#flags)) put(all, name, value);
    if (hide) for (const name of secrets) put(all, name, '');
    const found = key === '' ? all : at(all, String(key));
    if (found === undefined) throw new Refusal(404, 'invalid key');
    return found;
  }

  /** Sets what is in a tree. What may not be set, or does not exist, is left as it is, as the firmware does it. */
  set(tree) {
    if (!isTree(tree)) throw new Refusal(400, '{config: {…}} is required');
    const allowed = this.get('conf_acl').split(',');
    const wanted = leaves(tree).filter(([name]) => {
      const now = at(this.#tree, name);
      const may = allowed.some((rule) => rule === name || (rule.endsWith('*') && name.startsWith(rule.slice(0, -1))));
      if (may && now !== undefined && !isTree(now)) return true;
      this.say(`config: ${name} cannot be set`);
      return false;
    });
    for (const [name, value] of wanted) {
      const kind = typeof at(this.#tree, name);
      if (typeof value !== kind) throw new Refusal(400, `${name} has to be a ${kind}`);
    }
    for (const [name, value] of wanted) put(this.#tree, name, value);
  }

  /** Keeps what differs from the layers below. */
  save() {
    const below = this.#layers(factory);
    const mine = {};
    for (const [name, value] of leaves(this.#tree)) {
      if (value === at(below, name)) continue;
      const words = name.split('.');
      const last = words.pop();
      words.reduce((branch, word) => (branch[word] ??= {}), mine)[last] = value;
    }
    this.#files.write(user, mine);
  }

  factoryReset() {
    this.#files.remove(user);
  }

  #layers(...names) {
    const tree = structuredClone(firmware);
    for (const name of names) {
      for (const [key, value] of leaves(this.#files.read(name) ?? {})) {
        if (typeof at(tree, key) === typeof value && !isTree(at(tree, key))) put(tree, key, value);
      }
    }
    return tree;
  }
}
