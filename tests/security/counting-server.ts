/** A local server that counts who connects, by TCP and by HTTP. Owns nothing else; answers every request with an empty page. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type CountingServer = {
  readonly url: string;
  readonly port: number;
  connections(): number;
  close(): Promise<void>;
};

export const startCountingServer = async (): Promise<CountingServer> => {
  let connections = 0;
  const server = createServer((_request, response) => response.end('<!doctype html><title>reached</title>'));
  server.on('connection', () => connections++);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    connections: () => connections,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
};
