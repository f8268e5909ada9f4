// SPDX-License-Identifier: GPL-3.0-or-later
// What a competent Node program makes of the same protocol (docs/protocol.md): accepts every key and answers Time.Now,
// every message verified and signed. The yardstick of tools/bench, nothing else.
//
//   node reference.mjs PRIVATE_KEY.pem    prints the port once it listens
import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import canonicalize from 'canonicalize';
import { WebSocketServer } from 'ws';

const key = createPrivateKey(readFileSync(process.argv[2]));
const digestOf = (k) => (k.asymmetricKeyType === 'rsa' ? 'sha256' : null);
const algorithmOf = (k) => (k.asymmetricKeyType === 'rsa' ? 'RS256' : 'EdDSA');
const keys = new Map(); // parsed once, as a server would

class Session {
  constructor(socket) {
    this.socket = socket;
    this.session = randomBytes(16).toString('base64url');
    this.challenge = randomBytes(16).toString('base64url');
    this.sent = 0;
    this.received = 0;
    this.peer = '*';
    this.send({ method: 'Session.Hello', params: { protocol: 1, challenge: this.challenge, session: this.session, server_time: new Date().toISOString() } });
  }

  send(message) {
    this.sent += 1;
    message.jsonrpc = '2.0';
    message.meta = {
      algorithm: algorithmOf(key), audience_id: this.peer, direction: 'cloud_to_device', nonce: `${this.session}.${this.sent}`,
      signer_id: 'cloud-dashboard', timestamp: new Date().toISOString(),
    };
    message.meta.signature = sign(digestOf(key), Buffer.from(canonicalize(message)), key).toString('base64url');
    this.socket.send(JSON.stringify(message));
  }

  receive(data) {
    const message = JSON.parse(data);
    const { meta } = message;
    if (!this.key) {
      const pem = message.params.public_key;
      const id = createHash('sha256').update(pem).digest('hex');
      if (!keys.has(id)) keys.set(id, createPublicKey(pem));
      this.key = keys.get(id);
      this.peer = message.params.device_id;
      if (message.params.challenge !== this.challenge) return this.socket.close(1008);
    }
    const signature = Buffer.from(meta.signature, 'base64url');
    delete meta.signature;
    const [session, counter] = meta.nonce.split('.');
    const good = meta.algorithm === algorithmOf(this.key) && verify(digestOf(this.key), Buffer.from(canonicalize(message)), this.key, signature)
      && meta.signer_id === this.peer && meta.audience_id === 'cloud-dashboard' && meta.direction === 'device_to_cloud'
      && session === this.session && Number(counter) > this.received && Math.abs(Date.parse(meta.timestamp) - Date.now()) < 120_000;
    if (!good) return this.socket.close(1008);
    this.received = Number(counter);
    if (message.method === 'Device.Authenticate') return this.send({ id: message.id, result: { status: 'accepted', reason: 'bench' } });
    if (message.method === 'Time.Now') return this.send({ id: message.id, result: { server_time: new Date().toISOString() } });
    if (message.id !== undefined && message.method) this.send({ id: message.id, error: { code: -32601, message: 'no such method' } });
    return undefined;
  }
}

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/device', perMessageDeflate: false }, () => console.log(server.address().port));
server.on('connection', (socket) => {
  const session = new Session(socket);
  socket.on('message', (data) => session.receive(data));
});
