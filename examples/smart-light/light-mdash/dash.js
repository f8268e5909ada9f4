// SPDX-License-Identifier: GPL-3.0-or-later
// The line to the server: a WebSocket with the token in its header, and in it JSON frames. Comes back by itself when it breaks.
import WebSocket from 'ws';
import { Refusal } from './refusal.js';

const firstDelay = 1_000;
const longestDelay = 60_000;
const pingEvery = 25_000;

export class Dash {
  #socket = null;
  #timer = null;
  #delay = firstDelay;
  #number = 0;
  #waiting = new Map(); // calls of ours, by their ids

  /**
   * @param perform does what the server asks for: (method, params) → result
   * @param connected is called when the server has answered the heartbeat: from then on it listens
   * @param info what the heartbeat says
   */
  constructor({ perform, connected, info, say }) {
    Object.assign(this, { perform, connected, info, say });
  }

  start({ server, token }) {
    this.stop();
    this.#delay = firstDelay;
    this.#open(server, token);
  }

  stop() {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.terminate();
    this.#waiting.clear();
  }

  /** Tells something and wants no answer. While the line is away nothing is told: who connects reports anyway. */
  tell(method, params) {
    this.#send({ method, params });
  }

  #open(server, token) {
    const socket = new WebSocket(server, ['json-rpc'], { headers: { Authorization: `Bearer ${token}` }, perMessageDeflate: false });
    let alive = true;
    let why = '';
    // A line that died without a word is noticed by a ping that nobody answers.
    const ping = setInterval(() => {
      if (!alive) socket.terminate();
      else if (socket.readyState === WebSocket.OPEN) {
        alive = false;
        socket.ping();
      }
    }, pingEvery);
    this.#socket = socket;

    socket.on('open', () => this.#call('Dash.Heartbeat', this.info(), () => {
      this.#delay = firstDelay;
      this.say('connected');
      this.connected();
    }));
    socket.on('pong', () => (alive = true));
    socket.on('message', (data) => this.#arrived(String(data)));
    socket.on('unexpected-response', (request, response) => {
      why = response.statusCode === 401 ? 'the server does not take this token' : `the server answered ${response.statusCode}`;
      response.resume();
      socket.terminate();
    });
    socket.on('error', (error) => (why ||= error.message || error.code));
    socket.on('close', (code, reason) => {
      clearInterval(ping);
      if (socket !== this.#socket) return; // ended by stop()
      this.#waiting.clear();
      // Twice as long each time, and never all lights of a house at once.
      const delay = this.#delay * (0.5 + Math.random() / 2);
      this.#delay = Math.min(this.#delay * 2, longestDelay);
      this.say(`no connection (${why || String(reason) || code}): again in ${(delay / 1000).toFixed(1)} s`);
      this.#timer = setTimeout(() => this.#open(server, token), delay);
    });
  }

  #call(method, params, answered) {
    this.#number += 1;
    this.#waiting.set(this.#number, answered);
    this.#send({ id: this.#number, method, params });
  }

  #send(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #arrived(text) {
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      return;
    }
    if (frame === null || typeof frame !== 'object') return;
    if (frame.method === undefined) {
      this.#waiting.get(frame.id)?.(frame.result);
      this.#waiting.delete(frame.id);
      return;
    }
    let answer;
    try {
      answer = { result: this.perform(frame.method, frame.params ?? {}) ?? null };
    } catch (error) {
      answer = { error: { code: error instanceof Refusal ? error.code : 500, message: error.message } };
    }
    if (frame.id !== undefined) this.#send({ id: frame.id, ...answer });
  }
}
