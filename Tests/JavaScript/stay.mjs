// The official client with its own automatic reconnect and nothing of ours, which does not know ServerDraining: a server
// that drains closes its connection so that it comes back by itself.
// Arguments: the server's address, an access token, and whom to send a request as a sign that it is connected.
// Ends with the user's id, asked for after it has come back.
import { HttpTransportType, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";

const [server, accessToken, recipientId] = process.argv.slice(2);

const connection = new HubConnectionBuilder()
  .withUrl(new URL("hubs/chat", server).href, {
    skipNegotiation: true,
    transport: HttpTransportType.WebSockets,
    accessTokenFactory: () => accessToken,
  })
  .withAutomaticReconnect()
  .configureLogging(LogLevel.None)
  .build();
const back = new Promise((resolve, reject) => {
  connection.onreconnected(resolve);
  connection.onclose((error) => reject(error ?? new Error("closed permanently")));
});

await connection.start();
await connection.invoke("SendRequest", { recipientId, text: "I am here.", clientId: "1" });
await back;
console.log((await connection.invoke("GetMe", {})).user.userId);
process.exit(0);
