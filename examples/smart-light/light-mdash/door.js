// SPDX-License-Identifier: GPL-3.0-or-later
// The light's own small web server, POST /rpc/METHOD with the params as the body. On a real light the factory's cable, the phone in the
// light's own Wi-Fi and the phone at home come this way; here all three use one port of this machine.
import http from 'node:http';
import { Refusal } from './refusal.js';

const longestBody = 16_384;

export class Door {
  #server = null;

  /** @param port 0 takes a free one, and keeps to it */
  constructor({ port, perform, say }) {
    Object.assign(this, { port, perform, say });
  }

  async open() {
    const server = http.createServer((request, response) => this.#serve(request, response));
    this.#server = server;
    await new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, '127.0.0.1', resolve);
    });
    this.port = server.address().port;
    this.say(`settings are open at http://127.0.0.1:${this.port}/rpc`);
  }

  close() {
    const server = this.#server;
    this.#server = null;
    server?.close();
    server?.closeAllConnections();
  }

  async #serve(request, response) {
    // The phone's page comes from another address than the light.
    const headers = {
      'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*', 'Content-Type': 'application/json', Connection: 'close',
    };
    const answer = (status, body) => response.writeHead(status, headers).end(body === undefined ? '' : `${JSON.stringify(body)}\r\n`);
    if (request.method === 'OPTIONS') {
      answer(200);
      return;
    }
    try {
      const method = /^\/rpc\/([^?]+)/.exec(request.url)?.[1];
      if (!method) throw new Refusal(404, 'only /rpc/METHOD is here');
      answer(200, this.perform(method, await params(request)) ?? null);
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 500;
      answer(code, { code, message: error.message });
    }
  }
}

async function params(request) {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) {
    text += piece;
    if (text.length > longestBody) throw new Refusal(400, 'the body is too long');
  }
  try {
    let value = text.trim() === '' ? {} : JSON.parse(text);
    // Some apps send a JSON text that has the JSON in it.
    if (typeof value === 'string') value = JSON.parse(value);
    if (value !== null && typeof value === 'object') return value;
  } catch {
    // said below
  }
  throw new Refusal(400, 'the body has to be a JSON object');
}
