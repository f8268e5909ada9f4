// SPDX-License-Identifier: GPL-3.0-or-later
// A worker in Node: a lamp that is not there. What a worker may do, all of it: answer calls, report events and state, ask the
// server. See docs/workers.md.
import { connect, headers } from 'nats';

const prefix = process.env.MUSTER_NATS_PREFIX ?? 'muster';
const worker = 'lamp';
const lamp = { on: false, level: 100 };

// What it can do, as OpenRPC: the dashboard makes forms of it.
const openrpc = {
  openrpc: '1.3.2',
  info: { title: worker, version: '1.0.0' },
  methods: [
    {
      name: 'Light.Set',
      summary: 'Turns the lamp on or off',
      params: [
        { name: 'on', required: true, schema: { type: 'boolean', description: 'Whether it shines' } },
        { name: 'level', schema: { type: 'integer', minimum: 1, maximum: 100, description: 'Percent' } },
      ],
      result: { name: 'lamp', schema: { type: 'object' } },
    },
    { name: 'Light.Get', summary: 'How the lamp is', params: [], result: { name: 'lamp', schema: { type: 'object' } } },
  ],
};

const methods = {
  'Light.Get': () => lamp,
  'Light.Set': ({ on, level }) => {
    // Schemas are for people and forms; the worker checks what it gets.
    if (typeof on !== 'boolean') throw { code: -32602, message: '"on" must be true or false.' };
    if (level !== undefined && !(Number.isInteger(level) && level >= 1 && level <= 100)) {
      throw { code: -32602, message: '"level" must be a whole number from 1 to 100.' };
    }
    lamp.on = on;
    lamp.level = level ?? lamp.level;
    report('light.changed', lamp);
    state();
    return lamp;
  },
};

// It may start before the bus, and stays when the bus goes.
const nats = await connect({
  servers: process.env.MUSTER_NATS_URL ?? 'nats://127.0.0.1:4222',
  user: process.env.MUSTER_NATS_USER,
  pass: process.env.MUSTER_NATS_PASSWORD,
  name: worker,
  maxReconnectAttempts: -1,
  waitOnFirstConnect: true,
});

// An event: it stands in the device's history, and waits in the agent while the server is away.
function report(name, data) {
  const from = headers();
  from.set('Muster-Worker', worker);
  nats.publish(`${prefix}.event.${name}`, JSON.stringify(data), { headers: from });
}

// Calls the server: Time.Now, Event.Report or State.Report.
async function cloud(method, params = {}) {
  const answer = await nats.request(`${prefix}.cloud.${method}`,
    JSON.stringify({ jsonrpc: '2.0', id: '1', method, params }), { timeout: 35_000 });
  const { result, error } = answer.json();
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
}

async function state() {
  try {
    await cloud('State.Report', { state: { [worker]: lamp } });
  } catch (error) {
    console.log(`state not reported: ${error.message}`);
  }
}

// Registers, and again each 30 s: the agent forgets workers that are silent for 90 s.
async function register() {
  try {
    const answer = (await nats.request(`${prefix}.register`, JSON.stringify({ worker, openrpc }), { timeout: 5_000 })).json();
    console.log(answer.ok ? 'registered' : `not registered: ${answer.error.message}`);
  } catch (error) {
    console.log(`no agent yet: ${error.message}`); // it says hello when it comes
  }
}

// Each call of the server is one request.
nats.subscribe(`${prefix}.rpc.Light.*`, {
  callback: async (_, message) => {
    const { id, method, params } = message.json();
    let answer;
    try {
      answer = { jsonrpc: '2.0', id, result: await methods[method](params) };
    } catch ({ code = -32603, message: text = 'failed' }) {
      answer = { jsonrpc: '2.0', id, error: { code, message: text } };
    }
    message.respond(JSON.stringify(answer));
  },
});
nats.subscribe(`${prefix}.hello`, { callback: register });
setInterval(register, 30_000);
await register();
report('lamp.started', {});
try {
  console.log(`the server's time is ${(await cloud('Time.Now')).server_time}`);
} catch (error) {
  console.log(error.message);
}
await state();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => nats.drain().then(() => process.exit(0)));
