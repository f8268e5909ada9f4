#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// From the shipped light to the one that was reset and set up again, with a phone that is this program; run.sh --check starts it.
//   MUSTER_API_KEY=… node walk.js --muster URL --page URL --light URL --id ID --pid PID
import { parseArgs } from 'node:util';
import { Phone } from './phone.js';

const { values: given } = parseArgs({
  options: Object.fromEntries(['muster', 'page', 'light', 'id', 'pid'].map((name) => [name, { type: 'string' }])),
});
const { id } = given;

/** A call of the light through Muster. */
async function call(method, params = {}) {
  const answer = await fetch(`${given.muster}/api/v2/devices/${id}/rpc/${method}`, {
    method: 'POST', body: JSON.stringify(params),
    headers: { Authorization: `Bearer ${process.env.MUSTER_API_KEY}`, 'Content-Type': 'application/json' },
  });
  if (!answer.ok) throw new Error(`${method}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

function expect(what, holds) {
  if (!holds) throw new Error(`is not so: ${what}`);
}

async function step(what, work) {
  try {
    await work();
    console.log(`ok    ${what}`);
  } catch (error) {
    console.log(`FAIL  ${what}: ${error.message}`);
    process.exit(1);
  }
}

const reports = (on) => ({ shadow, online }) => online && shadow.state.reported?.on === on;
const phone = new Phone(given);
const neighbour = new Phone(given);

await step('the phone connects, and has no lights', () => phone.open());
await step('what the light is: the factory\'s id, and no secrets for who stands beside it', async () => {
  const { device, dash } = await phone.settings(() => true);
  expect('the id', device.id === id);
  expect('no token', dash.token === '');
  await phone.ask('Config.Set', { config: { dash: { server: 'ws://else' } } });
  expect('the server stays', (await phone.ask('Config.Get', { key: 'dash.server' })) === dash.server);
});
await step('provision: a name, the home\'s Wi-Fi, restart', async () => {
  const device = await phone.setUp('Hall');
  expect('the name is kept', device.password === 'Hall');
});
await step('pair: the light is this phone\'s, and connects', async () => {
  const device = await phone.pair(id, 'Hall');
  expect('the answer names it', device.id === id && device.name === 'Hall');
  await phone.sees(id, 'the light is there, and off', reports(false));
});
await step('what it can do, and how it is', async () => {
  expect('methods', (await call('RPC.List')).includes('Shadow.Delta'));
  expect('its id', (await call('Sys.GetInfo')).id === id);
});
await step('switch on', async () => {
  phone.tell('on', { id, on: true });
  await phone.sees(id, 'the light says that it is on', reports(true));
});
await step('switch off', async () => {
  phone.tell('on', { id, on: false });
  await phone.sees(id, 'the light says that it is off', reports(false));
});
await step('rename', async () => {
  phone.tell('rename', { id, name: 'Stairs' });
  await phone.sees(id, 'the name', ({ name }) => name === 'Stairs');
});
await step('another phone sees and switches nothing', async () => {
  await neighbour.open();
  neighbour.tell('on', { id, on: true });
  await neighbour.until('the refusal', ({ name }) => name === 'error');
  await phone.sees(id, 'the light is off', reports(false));
});
await step('restart: the light goes dark, comes back, and is on again', async () => {
  phone.tell('on', { id, on: true });
  await phone.sees(id, 'on', reports(true));
  await call('Sys.Reboot');
  await phone.until('the light goes', (event) => event.id === id && event.name === 'offline');
  await phone.until('the light comes', (event) => event.id === id && event.name === 'online');
  await phone.until('it tells that it is on', ({ name, data }) => name === 'rpc.out.Dash.Shadow.Update' && data.state.reported.on === true);
  await phone.sees(id, 'on', reports(true));
});
await step('factory reset: the button is held, and the light waits for a phone', async () => {
  process.kill(Number(given.pid), 'SIGUSR2');
  await phone.until('the light goes', (event) => event.id === id && event.name === 'offline');
  const { device, wifi } = await phone.settings(() => true);
  expect('the factory\'s id is kept', device.id === id);
  expect('the name and the Wi-Fi are gone', device.password === '' && !wifi.sta.enable);
});
await step('provision again, with the other phone: the light is that one\'s now', async () => {
  await neighbour.setUp('Kitchen');
  await neighbour.pair(id, 'Kitchen');
  await neighbour.sees(id, 'on, as it was wanted before', reports(true));
  await phone.until('the light is not listed any more', ({ name, data }) => name === 'devices' && data.length === 0);
});
phone.close();
neighbour.close();
process.exit(0);
