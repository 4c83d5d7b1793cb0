/**
 * One window's conversation with the engine: requests in, answers and events out. Owns checking that a message is a request;
 * anything else, control messages included, is refused. Must not know what carries the messages.
 */
import { CasebenchError, request, toAppError, type EventMessage, type Response } from '../contract/index.ts';
import type { Engine } from './create-engine.ts';
import type { ClientChannel } from './host-channel.ts';

const idOf = (message: unknown): number | null =>
  typeof message === 'object' && message !== null && 'id' in message && Number.isSafeInteger(message.id) ? (message.id as number) : null;

const unreadable = (): CasebenchError => new CasebenchError('input.invalid', 'The engine did not understand this message, so nothing was changed.');

/** Serves the channel until it closes. */
export const serveClient = (engine: Pick<Engine, 'dispatch' | 'onEvent'>, channel: ClientChannel): void => {
  const answer = (message: Response): void => {
    try {
      channel.send(message);
    } catch (thrown) {
      // An output that can't be copied to another process is a defect; the caller still gets an answer.
      channel.send({ t: 'res', id: message.id, ok: false, error: toAppError(thrown) });
    }
  };

  const stopEvents = engine.onEvent(({ event, payload }) => {
    const message: EventMessage = { t: 'ev', event, payload };
    channel.send(message);
  });
  channel.onClose(stopEvents);

  channel.onMessage((message) => {
    const parsed = request.safeParse(message);
    if (!parsed.success) {
      const id = idOf(message);
      if (id !== null) answer({ t: 'res', id, ok: false, error: toAppError(unreadable()) });
      return;
    }
    const { id, op, input } = parsed.data;
    void engine.dispatch(op, input).then(
      (output) => answer({ t: 'res', id, ok: true, output }),
      (thrown: unknown) => answer({ t: 'res', id, ok: false, error: toAppError(thrown) }),
    );
  });
};
