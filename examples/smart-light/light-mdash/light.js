#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// A smart light that is not there, as a device that speaks mDash: what runs on a chip with Mongoose OS, in a terminal.
//   node light.js --data FOLDER                                        a light as the factory has it, or as it was left
//   node light.js --server ws://HOST:PORT/api/v2/rpc --id ID --token TOKEN    one that is set up already
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as button from './button.js';
import { Config } from './config.js';
import { Dash } from './dash.js';
import { Door } from './door.js';
import { Files } from './files.js';
import { Led } from './led.js';
import { Refusal } from './refusal.js';

const darkness = 800; // how long a reboot takes

const { values: given } = parseArgs({
  options: {
    data: { type: 'string', default: path.join(import.meta.dirname, 'data') },
    http: { type: 'string', default: '0' },
    server: { type: 'string' },
    id: { type: 'string' },
    token: { type: 'string' },
  },
});

// Flags stand above what is in the files. A light that is told all three needs no phone.
const flags = {};
if (given.server) flags['dash.server'] = given.server;
if (given.id) flags['device.id'] = given.id;
if (given.token) flags['dash.token'] = given.token;
if (given.server && given.id && given.token) Object.assign(flags, { 'dash.enable': true, 'wifi.sta.enable': true });

const led = new Led();
const say = (text) => led.say(text);
const files = new Files(given.data);
const config = new Config(files, flags, say);

let on = false;
let bootedAt = performance.now();
let restarting = null;

// --- what the light does ---

/** Does what is wanted, and tells how it is now. */
function follow(wanted) {
  if (typeof wanted.on === 'boolean') on = wanted.on;
  led.show(on ? 'on' : 'off');
  report();
}

function report() {
  dash.tell('Dash.Shadow.Update', { state: { reported: { on } } });
}

function info() {
  const { ssid, enable } = config.get('wifi.sta');
  return {
    id: config.get('device.id'), app: 'smart-light', fw_version: '1.0.0', fw_id: 'sample', mg_version: '2.20.0', arch: 'node',
    mac: '', uptime: Math.floor((performance.now() - bootedAt) / 1000), ram_size: os.totalmem(), ram_free: os.freemem(),
    wifi: { status: enable ? 'got ip' : 'disconnected', ssid },
  };
}

const methods = {
  'Sys.GetInfo': info,
  'Sys.Reboot': () => reboot(),
  'RPC.List': () => Object.keys(methods),
  'Config.Get': ({ key }) => config.get(key),
  'Config.Set': ({ config: tree, save = false, reboot: anew = false }) => {
    config.set(tree);
    if (save) config.save();
    if (anew) reboot();
    return { saved: save };
  },
  'Config.Save': ({ reboot: anew = false }) => {
    config.save();
    if (anew) reboot();
    return { saved: true };
  },
  'FS.List': () => files.list(),
  'FS.Rename': ({ src, dst }) => files.rename(src, dst),
  'Shadow.Delta': ({ state }) => {
    if (state === null || typeof state !== 'object') throw new Refusal(400, '{state: {…}} is required');
    follow(state);
    return true;
  },
};

function perform(method, params) {
  if (!Object.hasOwn(methods, method)) throw new Refusal(404, `No handler for ${method}`);
  return methods[method](params);
}

// Whoever stands beside the light may set it up, not switch it, and does not get to see its secrets.
function performForNeighbour(method, params) {
  if (restarting) throw new Refusal(418, 'the light restarts');
  if (method === 'Shadow.Delta') throw new Refusal(404, `No handler for ${method}`);
  return method === 'Config.Get' ? config.get(params.key, true) : perform(method, params);
}

// --- power ---

const dash = new Dash({ perform, connected: report, info, say });
const door = new Door({ port: Number(given.http), perform: performForNeighbour, say });

async function boot() {
  config.load();
  bootedAt = performance.now();
  on = false;
  led.show('off');
  const { enable, server, token } = config.get('dash');
  const joined = config.get('wifi.sta.enable');
  if (joined) say(`in the Wi-Fi "${config.get('wifi.sta.ssid')}"`);
  else say(`new: waits for a phone in its own Wi-Fi "${config.get('wifi.ap.ssid')}"`);
  // Set up once, nobody beside it may change it any more: hold the button to begin anew.
  if (joined && enable) dash.start({ server, token });
  else await door.open();
}

/** A moment of darkness, and up again. The answer to who asked goes out before. */
function reboot() {
  if (restarting) return;
  restarting = setTimeout(() => {
    dash.stop();
    door.close();
    led.show('dark');
    say('restarts');
    setTimeout(() => {
      restarting = null;
      boot().catch(fail);
    }, darkness);
  }, 100);
}

function factoryReset() {
  say('factory reset');
  config.factoryReset();
  reboot();
}

const restore = button.listen({ held: factoryReset, quit: () => end(0), hint: (text) => led.hint(text) });

function end(code) {
  restore();
  led.end();
  process.exit(code);
}

function fail(error) {
  say(`light: ${error.message}`);
  end(1);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(0));
boot().catch(fail);
