// A web server on loopback that responds as each test tells it and records the requested paths.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export class PictureListener {
  /** Paths that were requested since the last reset. */
  readonly visits: string[] = [];
  answer: RequestListener = (_, response) => response.end();
  private server: Server;

  static async start(): Promise<PictureListener> {
    const listener = new PictureListener();
    listener.server = createServer((request, response) => {
      listener.visits.push(request.url ?? '');
      listener.answer(request, response);
    });
    await new Promise<void>((resolve) => listener.server.listen(0, '127.0.0.1', resolve));
    return listener;
  }

  /** Host and port, as `host:port`. */
  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  url(path = '/picture.png'): string {
    return `http://${this.host}${path}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
