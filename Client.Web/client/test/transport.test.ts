import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { SignalRTransports } from '../src/connection/transport.js';

/** The first byte of a WebSocket frame. */
const [textFrame, closeFrame] = [0x81, 0x88];

/** A hub that accepts WebSockets, and answers neither calls nor HTTP requests. */
class SilentHub {
  readonly #server = createServer();
  readonly #sockets: Duplex[] = [];

  constructor() {
    this.#server.on('upgrade', (request, socket) => this.#accept(request, socket));
    onTestFinished(() => {
      for (const socket of this.#sockets) socket.destroy();
      this.#server.closeAllConnections();
      this.#server.close();
    });
  }

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** Begins to close the WebSocket, and leaves it so once the client has begun, too. */
  async beginClose(): Promise<void> {
    for (const socket of this.#sockets) {
      socket.write(Buffer.from([closeFrame, 0]));
      for (let data: Buffer = Buffer.of(); !framesOf(data).includes(closeFrame); ) [data] = (await once(socket, 'data')) as [Buffer];
    }
  }

  /** The next HTTP request, and when its connection is closed. */
  async nextRequest(): Promise<{ closed: Promise<unknown> }> {
    const [request] = (await once(this.#server, 'request')) as [IncomingMessage];
    return { closed: once(request.socket, 'close') };
  }

  #accept({ headers }: IncomingMessage, socket: Duplex): void {
    this.#sockets.push(socket);
    const key = createHash('sha1').update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`);
    // The first thing that the client sends is the hub's handshake.
    socket.once('data', () => socket.write(Buffer.from([textFrame, 3, ...Buffer.from('{}\x1e')])));
  }
}

/** The first bytes of the client's frames, which are short: two bytes, the mask's four and the content. */
function framesOf(data: Buffer): number[] {
  const frames: number[] = [];
  for (let at = 0; at + 1 < data.length; at += 6 + (data.readUInt8(at + 1) & 0x7f)) frames.push(data.readUInt8(at));
  return frames;
}

test('Call on a WebSocket that is closing did not reach the server: it is not refused', async () => {
  const hub = new SilentHub();
  const transport = new SignalRTransports(await hub.start(), 'json').create('token');
  await transport.start();
  await hub.beginClose();

  await expect(transport.invoke('SendMessage', {})).rejects.toMatchObject({ code: 'unreachable', isTransient: true });
});

test('Check of a token without a response ends with its signal', async () => {
  const hub = new SilentHub();
  const transports = new SignalRTransports(await hub.start(), 'json');
  const request = hub.nextRequest();
  const checking = new AbortController();
  const refuses = transports.refuses('token', checking.signal);
  const { closed } = await request;

  checking.abort();

  expect(await refuses).toBe(false);
  await closed;
});
