// Checks our MessagePack against other implementations. Each line of input has one hub message as both protocols of the server
// write it: {json, pack}, `pack` in Base64. Each line of output has the same message as JavaScript writes it back:
// {official, generic}, by the official protocol and by @msgpack/msgpack. Any difference ends the run with an error.

import assert from "node:assert/strict";
import { createInterface } from "node:readline";
import { MessageType, NullLogger } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";
import { decode, encode } from "@msgpack/msgpack";

const official = new MessagePackHubProtocol();

// Only clients send these, so that the client's protocol does not read them; and a close only comes from the server.
const clientOnly = [MessageType.StreamInvocation, MessageType.CancelInvocation];
const serverOnly = [MessageType.Close];

// One protocol leaves out what the other sends empty or false.
function contentOf({ headers, streamIds, allowReconnect, ...message }) {
  const present = Object.entries(message).filter(([, value]) => value !== undefined && value !== null);
  return {
    ...Object.fromEntries(present),
    ...(headers && Object.keys(headers).length > 0 && { headers }),
    ...(streamIds?.length > 0 && { streamIds }),
    ...(allowReconnect && { allowReconnect }),
  };
}

function read(frame) {
  const messages = official.parseMessages(frame.buffer.slice(frame.byteOffset, frame.byteOffset + frame.length), NullLogger.instance);
  assert.equal(messages.length, 1);
  return messages[0];
}

function write(message) {
  return serverOnly.includes(message.type) ? null : Buffer.from(official.writeMessage(message)).toString("base64");
}

function bodyOf(frame) {
  return frame.subarray(frame.findIndex((byte) => byte < 0x80) + 1);
}

function frameOf(body) {
  const head = [];
  for (let length = body.length; ; length = Math.floor(length / 128)) {
    head.push(length >= 128 ? (length % 128) | 128 : length);
    if (length < 128) return Buffer.concat([Buffer.from(head), body]);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { json, pack } = JSON.parse(line);
  const frame = Buffer.from(pack, "base64");
  const expected = JSON.parse(json.slice(0, -1));
  const message = clientOnly.includes(expected.type) ? expected : read(frame);
  assert.deepStrictEqual(contentOf(message), contentOf(expected));

  const generic = frameOf(encode(decode(bodyOf(frame))));
  console.log(JSON.stringify({ official: write(message), generic: generic.toString("base64") }));
}
