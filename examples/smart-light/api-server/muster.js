// SPDX-License-Identifier: GPL-3.0-or-later
// What the API server needs of Muster: calls of its REST API, and its notifications.
import { EventEmitter } from 'node:events';
import WebSocket from 'ws';

const firstDelay = 1_000;
const longestDelay = 30_000;
const answerWithin = 10_000;

/** Emits 'listening' when notifications come (again), and 'notified' (text, notification) for each of them. */
export class Muster extends EventEmitter {
  #url;
  #authorization;
  #delay = firstDelay;

  /** @param url http://HOST:PORT. @param key an administrator's API key; it goes into a header, because addresses stand in logs */
  constructor(url, key) {
    super();
    this.#url = url;
    this.#authorization = `Bearer ${key}`;
  }

  /** One call. @param as whose: {name, pass}; without it, the API key's. @returns the answer's JSON */
  async ask(method, path, body, as) {
    const authorization = as ? `Basic ${Buffer.from(`${as.name}:${as.pass}`).toString('base64')}` : this.#authorization;
    const answer = await fetch(`${this.#url}/api/v2${path}`, {
      method,
      headers: { Authorization: authorization, ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(answerWithin),
    });
    const text = await answer.text();
    if (answer.ok) return text === '' ? null : JSON.parse(text);
    throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  }

  /** Hears notifications, from now on and again whenever the line went. */
  listen() {
    const url = `${this.#url.replace(/^http/, 'ws')}/api/v2/notify`;
    const socket = new WebSocket(url, { headers: { Authorization: this.#authorization } });
    let quiet = null;
    let why = '';
    // Muster pings every 30 s: a line without pings is dead.
    const alive = () => {
      clearTimeout(quiet);
      quiet = setTimeout(() => socket.terminate(), 75_000);
    };
    alive();
    socket.on('open', () => {
      this.#delay = firstDelay;
      this.emit('listening');
    });
    socket.on('ping', alive);
    socket.on('message', (data) => {
      alive();
      const text = String(data);
      this.emit('notified', text, JSON.parse(text));
    });
    socket.on('error', (error) => (why = error.message || error.code));
    socket.on('close', (code, reason) => {
      clearTimeout(quiet);
      console.log(`no notifications (${why || String(reason) || code}): again in ${this.#delay / 1000} s`);
      setTimeout(() => this.listen(), this.#delay);
      this.#delay = Math.min(this.#delay * 2, longestDelay);
    });
  }
}
