// The transports of one instance, with the official client: server-sent events and long polling beside WebSockets, each
// with negotiation, do the same.
// Arguments: the server's address. Ends with exit code 0 and a line for each transport.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { HttpTransportType, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import { signUp } from "./client.mjs";

const [server] = process.argv.slice(2);

for (const name of ["WebSockets", "ServerSentEvents", "LongPolling"]) {
  const [alice, bob] = [await signUp(server, "alice"), await signUp(server, "bob")];
  const open = async (account) => {
    const connection = new HubConnectionBuilder()
      .withUrl(`${server}hubs/chat`, { transport: HttpTransportType[name], accessTokenFactory: () => account.accessToken })
      .configureLogging(LogLevel.None)
      .build();
    await connection.start();
    return connection;
  };

  const [caller, listener] = [await open(alice), await open(bob)];
  const received = new Promise((resolve) => listener.on("RequestReceived", resolve));
  const sent = await caller.invoke("SendRequest", { recipientId: bob.user.userId, text: "Hello Bob", clientId: randomUUID() });
  assert.equal((await received).request.requestId, sent.request.requestId);
  await assert.rejects(caller.invoke("GetConversation", { conversationId: "none" }), /HubException: conversation_not_found: /);
  await caller.stop();
  await listener.stop();
  console.log(name);
}
