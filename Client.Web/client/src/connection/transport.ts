import { HttpTransportType, HubConnectionBuilder, HubConnectionState, JsonHubProtocol, LogLevel, type IHubProtocol } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { ChatHubError, parseHubError } from '../errors.js';

/** One connection to the hub, from its start to its close. Replaced in tests. */
export interface Transport {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** @throws {ChatHubError} refused, or `unreachable` when the connection is gone. */
  invoke(method: string, input: object): Promise<unknown>;
  on(event: string, handler: (content: never) => void): void;
  onClosed(handler: () => void): void;
}

export interface TransportFactory {
  create(token: string): Transport;
  /** Whether the server refuses the token: a browser does not say why a WebSocket could not be opened. False once the signal is aborted. */
  refuses(token: string, signal: AbortSignal): Promise<boolean>;
}

/** Opens WebSockets straight to the hub, without negotiation, so that several instances need no sticky sessions. */
export class SignalRTransports implements TransportFactory {
  readonly #hub: string;
  readonly #protocol: 'messagepack' | 'json';

  constructor(serverUrl: string, protocol: 'messagepack' | 'json') {
    this.#hub = new URL('hubs/chat', serverUrl.endsWith('/') ? serverUrl : `${serverUrl}/`).href;
    this.#protocol = protocol;
  }

  create(token: string): Transport {
    const protocol: IHubProtocol = this.#protocol === 'json' ? new JsonHubProtocol() : new MessagePackHubProtocol();
    const connection = new HubConnectionBuilder()
      .withUrl(this.#hub, { skipNegotiation: true, transport: HttpTransportType.WebSockets, accessTokenFactory: () => token })
      .withHubProtocol(protocol)
      .configureLogging(LogLevel.None)
      .build();
    return {
      start: () => connection.start(),
      stop: () => connection.stop(),
      on: (event, handler) => connection.on(event, handler as (content: unknown) => void),
      onClosed: (handler) => connection.onclose(handler),
      invoke: async (method, input) => {
        try {
          return await connection.invoke<unknown>(method, input);
        } catch (error) {
          const text = error instanceof Error ? error.message : String(error);
          // A refusal and a broken connection are of one type: the state and the text set them apart.
          throw connection.state === HubConnectionState.Connected ? parseHubError(text) : new ChatHubError('unreachable', text);
        }
      },
    };
  }

  async refuses(token: string, signal: AbortSignal): Promise<boolean> {
    try {
      const response = await fetch(`${this.#hub}/negotiate?negotiateVersion=1`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, signal });
      return response.status === 401;
    } catch {
      return false;
    }
  }
}
