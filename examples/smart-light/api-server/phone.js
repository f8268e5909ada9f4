// SPDX-License-Identifier: GPL-3.0-or-later
// One phone: what it asks for becomes calls of Muster, and what it hears are events {name, data}.
import crypto from 'node:crypto';

export class Phone {
  #muster;
  #socket;
  #account;
  #listed = new Set(); // the ids of its lights
  #ready;

  /**
   * @param id what the phone's app made up once and shows in its cookie: whoever has it sees the phone's lights.
   * So it is the account's password, and the account's name, which people see in lists, is made of it and does not tell it.
   */
  constructor({ muster, socket, id, paired }) {
    this.#muster = muster;
    this.#socket = socket;
    this.#account = { name: crypto.createHash('sha256').update(id).digest('hex').slice(0, 16), pass: id };
    this.paired = paired;
    socket.on('message', (data) => this.#hear(String(data)));
    this.#ready = muster.ask('POST', '/user/add', this.#account);
    this.#ready.catch(() => {}); // the listing says it
    this.list();
  }

  has(device) {
    return this.#listed.has(device);
  }

  /** Sends the phone's lights: those that are shared with its account. */
  async list() {
    await this.#try(async () => {
      // An account that is there stays as it is.
      await this.#ready.catch(() => (this.#ready = this.#muster.ask('POST', '/user/add', this.#account)));
      const devices = await this.#muster.ask('GET', '/devices', undefined, this.#account);
      this.#listed = new Set(devices.map(({ id }) => id));
      this.#tell('devices', devices.sort((a, b) => a.name.localeCompare(b.name)));
    });
  }

  /** A notification of Muster goes to the phone as it came, where it is about one of its lights. */
  notify(text, device) {
    if (this.#listed.has(device)) this.#socket.send(text);
  }

  async #hear(text) {
    let event;
    try {
      event = JSON.parse(text);
    } catch {
      return;
    }
    const { name, data } = event ?? {};
    const path = `/devices/${encodeURIComponent(String(data?.id))}`;
    await this.#try(async () => {
      if (name === 'list') {
        await this.list();
      } else if (name === 'pair') {
        // Whose a light is, is the vendor's to say: this is done with the API key.
        const device = await this.#muster.ask('PUT', path, { shared_with: `email_${this.#account.name}`, name: data.name });
        this.#tell('pair', device);
        this.paired(device.id);
        await this.list();
      } else if (name === 'on') {
        // In the phone's own name: Muster itself refuses what is not shared with it.
        await this.#muster.ask('POST', `${path}/shadow`, { state: { desired: { on: data.on === true } } }, this.#account);
        await this.list();
      } else if (name === 'rename') {
        await this.#muster.ask('PUT', path, { name: data.name }, this.#account);
        await this.list();
      }
    });
  }

  async #try(work) {
    try {
      await work();
    } catch (error) {
      console.log(error.message);
      this.#tell('error', { message: 'That did not work. Is everything still there?' });
    }
  }

  #tell(name, data) {
    this.#socket.send(JSON.stringify({ name, data }));
  }
}
