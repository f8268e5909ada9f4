#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// The server between phones and Muster: it serves the phone's page, and talks with it over a WebSocket.
//   MUSTER_API_KEY=… node server.js --muster http://127.0.0.1:8420 --listen 127.0.0.1:8430
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { WebSocketServer } from 'ws';
import { Muster } from './muster.js';
import { Phone } from './phone.js';

const { values: given } = parseArgs({
  options: {
    muster: { type: 'string', default: 'http://127.0.0.1:8420' },
    listen: { type: 'string', default: '127.0.0.1:8430' },
    // Where a phone finds a new light: in the light's own Wi-Fi, and at home.
    'light-new': { type: 'string', default: 'http://192.168.4.1' },
    'light-home': { type: 'string', default: 'http://smart-light.local' },
  },
});
const key = process.env.MUSTER_API_KEY;
if (!key) {
  console.error('server: MUSTER_API_KEY is missing: an API key of an administrator');
  process.exit(2);
}

const page = fs.readFileSync(path.join(import.meta.dirname, 'phone.html'));
const lights = JSON.stringify({ new: given['light-new'], home: given['light-home'] });
const muster = new Muster(given.muster, key);
const phones = new Set();

const web = http.createServer((request, response) => {
  const where = request.url.split('?')[0];
  const [type, body] = where === '/' ? ['text/html; charset=utf-8', page] : where === '/lights' ? ['application/json', lights] : [];
  if (!body) response.writeHead(404).end();
  else response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' }).end(body);
});

const sockets = new WebSocketServer({ server: web, maxPayload: 16_384 });
sockets.on('connection', (socket, request) => {
  socket.on('error', () => {}); // 'close' follows
  // Too short to be a secret, or none at all: this is not our app.
  const id = /(?:^|;\s*)app_id=([A-Za-z0-9_-]{16,64})(?:;|$)/.exec(request.headers.cookie ?? '')?.[1];
  if (!id) {
    socket.close();
    return;
  }
  const phone = new Phone({
    muster, socket, id,
    // A light that goes to another phone is no more with the one before.
    paired: (device) => phones.forEach((other) => other !== phone && other.has(device) && other.list()),
  });
  phones.add(phone);
  socket.on('close', () => phones.delete(phone));
});

muster.on('notified', (text, { id }) => phones.forEach((phone) => phone.notify(text, id)));
// What happened while nobody listened is in the lists.
muster.on('listening', () => {
  console.log('hears the notifications');
  phones.forEach((phone) => phone.list());
});
muster.listen();

const [, host, port] = /^(.*):(\d+)$/.exec(given.listen) ?? [];
web.on('error', (error) => {
  console.error(`server: ${error.message}`);
  process.exit(1);
});
web.listen(Number(port), host, () => console.log(`the phone's page: http://${host}:${web.address().port}/`));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
