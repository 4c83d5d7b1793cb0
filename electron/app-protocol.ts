/** Serves the built page under `app://casebench/`: GET only, by the rule of app-files.ts, with the headers of content-policy.ts. */
import { readFile, realpath } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { resolveAppFile } from './app-files.ts';
import { appScheme, responseHeaders } from './content-policy.ts';

/** Before `ready`: afterwards the scheme would have no origin of its own. */
export const registerAppScheme = (): void =>
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true, codeCache: true } }]);

const refusal = (status: number): Response => new Response(null, { status, headers: responseHeaders('text/plain') });

export const serveAppFiles = (session: Session, rendererDir: string): void => {
  const root = realpath(rendererDir);
  root.catch(() => undefined); // each request reports it
  session.protocol.handle(appScheme, async (request) => {
    if (request.method !== 'GET') return refusal(405);
    try {
      const file = await resolveAppFile(await root, request.url);
      if (file === null) return refusal(404);
      return new Response(new Uint8Array(await readFile(file.path)), { headers: responseHeaders(file.type) });
    } catch {
      return refusal(404);
    }
  });
};
