/** Opens a case in another process and holds it until told to end by a line on stdin. Started by case-lock.test.ts only. */
import { openCase } from '../../main/case/index.ts';
import { systemClock } from '../../main/shared/clock.ts';

const [dir = ''] = process.argv.slice(2);
const session = await openCase(dir, { clock: systemClock, homeDir: '/', appVersion: '9.9.9' });
process.stdout.write(`${JSON.stringify({ readOnly: session.readOnly })}\n`);
process.stdin.once('data', async () => {
  session.execute({ kind: 'case.rename', payload: { name: 'From the other process' } });
  process.stdout.write('changed\n');
  process.stdin.once('data', async () => {
    await session.close();
    process.exit(0);
  });
});
