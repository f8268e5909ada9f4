// SPDX-License-Identifier: GPL-3.0-or-later
// A phone without a screen: the events of the app, and the app's steps to set a light up.
import crypto from 'node:crypto';
import WebSocket from 'ws';

const within = 15_000;

export class Phone {
  #id = crypto.randomBytes(16).toString('hex');
  #heard = [];
  #wake = () => {};

  /** @param page the address of the phone's page. @param light where a light in the same Wi-Fi is */
  constructor({ page, light }) {
    Object.assign(this, { page, light });
  }

  async open() {
    this.socket = new WebSocket(this.page.replace(/^http/, 'ws'), { headers: { Cookie: `app_id=${this.#id}` } });
    this.socket.on('message', (data) => {
      const event = JSON.parse(String(data));
      this.#heard.push(event);
      if (event.name !== 'devices' && event.id) this.tell('list'); // a notification: ask how it is now
      this.#wake();
    });
    await this.until('the list of lights', ({ name }) => name === 'devices');
  }

  close() {
    this.socket.terminate();
  }

  tell(name, data) {
    this.socket.send(JSON.stringify({ name, data }));
  }

  /** Waits for an event that fits; what came before it is over then. */
  async until(what, fits) {
    const end = Date.now() + within;
    for (;;) {
      while (this.#heard.length > 0) {
        const event = this.#heard.shift();
        if (fits(event)) return event;
      }
      if (Date.now() > end) throw new Error(`did not come within ${within / 1000} s: ${what}`);
      await new Promise((done) => {
        this.#wake = done;
        setTimeout(done, 200);
      });
    }
  }

  /** Waits until a light of the list is as it should be. */
  async sees(id, what, fits) {
    this.tell('list');
    await this.until(what, ({ name, data }) => name === 'devices' && data.some((device) => device.id === id && fits(device)));
  }

  /** One call of the light itself. @param twice whether the body is a JSON text in a JSON text */
  async ask(method, params = {}, twice = false) {
    const body = JSON.stringify(params);
    const answer = await fetch(`${this.light}/rpc/${method}`, { method: 'POST', body: twice ? JSON.stringify(body) : body });
    const result = await answer.json();
    if (!answer.ok) throw new Error(`${method}: ${result.message}`);
    return result;
  }

  /** Asks until the light is there and its settings fit. */
  async settings(fits) {
    for (const end = Date.now() + within; ;) {
      const found = await this.ask('Config.Get').catch(() => null);
      if (found && fits(found)) return found;
      if (Date.now() > end) throw new Error('the light does not answer beside the phone');
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  /** The three steps of "Add device". */
  async setUp(name) {
    await this.ask('Config.Set', { config: { device: { password: name } } });
    await this.ask('Config.Set', { config: { wifi: { ap: { enable: false }, sta: { enable: true, ssid: 'home', pass: 'not a real one' } } } });
    await this.ask('Config.Save', { reboot: true }, true);
    const { device } = await this.settings(({ wifi }) => wifi.sta.enable);
    return device;
  }

  async pair(id, name) {
    this.tell('pair', { id, name });
    const { data } = await this.until('the answer to "pair"', (event) => event.name === 'pair');
    await this.ask('Config.Set', { config: { dash: { enable: true }, dns_sd: { enable: false } } });
    await this.ask('Config.Save', { reboot: true });
    return data;
  }
}
