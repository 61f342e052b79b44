// What the scripts share: signing up, and a connection of the official client that events can be awaited on.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { HttpTransportType, HubConnectionBuilder, JsonHubProtocol, LogLevel } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";

const patience = 20_000;

export async function signUp(server, name) {
  const response = await fetch(new URL("api/accounts", server), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: `${name}_${randomUUID().slice(0, 8)}`, password: "correct horse", birthDate: "1990-05-17" }),
  });
  assert.equal(response.status, 201);
  return response.json();
}

/** A signed-in user's connection; next(event) waits for it, and fails if another stored event comes first. */
export async function connect(server, protocol, name, session) {
  const connection = new HubConnectionBuilder()
    .withUrl(new URL("hubs/chat", server).href, {
      skipNegotiation: true,
      transport: HttpTransportType.WebSockets,
      accessTokenFactory: () => session.accessToken,
    })
    .withHubProtocol(protocol === "messagepack" ? new MessagePackHubProtocol() : new JsonHubProtocol())
    .configureLogging(LogLevel.Warning)
    .build();
  const received = [];
  let started = false;
  let wake = () => {};
  for (const event of ["RequestReceived", "RequestChanged", "RequestAccepted", "RequestRemoved", "MessageReceived", "MessagesSeen", "Position"]) {
    connection.on(event, (object) => {
      // It comes at the start, and again about every 30 seconds.
      if (event === "Position" && started) return;
      received.push({ event, object });
      wake();
    });
  }
  await connection.start();

  async function next(event) {
    const end = Date.now() + patience;
    while (received.length === 0) {
      await new Promise((resolve, reject) => {
        wake = resolve;
        setTimeout(() => reject(new Error(`${name}: no ${event} within ${patience} ms`)), end - Date.now()).unref();
      });
    }
    const first = received.shift();
    assert.equal(first.event, event, `${name} received ${JSON.stringify(first)}`);
    return first.object;
  }

  const position = await next("Position");
  started = true;
  assert.equal(position.version, 0);
  return {
    userId: session.user.userId,
    username: session.user.username,
    call: (method, input) => connection.invoke(method, input),
    next,
    stop: () => connection.stop(),
  };
}
