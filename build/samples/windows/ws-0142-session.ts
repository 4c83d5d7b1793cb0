/**
 * The evening session of j.novak on WS-0142: shell, browser, chat, mail, with the process ids of the screen designs.
 */
import { NOVAK } from '../world/accounts.ts';
import type { Random } from '../core/random.ts';
import { SECOND_US, on11 } from '../core/time.ts';
import { IMAGES } from '../world/programs.ts';
import { STORY_PIDS } from '../story/chain.ts';
import { LOGON_IDS } from '../story/intrusion.ts';
import type { ProcessHost, WinProcess } from './process-host.ts';

export type Session = { readonly explorer: WinProcess; readonly edge: WinProcess; readonly teams: WinProcess; readonly outlook: WinProcess };

/** When j.novak logs off. */
export const SESSION_END_US = on11('23:48:20.000');

export const AS_NOVAK = { account: NOVAK, logonId: LOGON_IDS.novakInteractive } as const;

export function startSession(host: ProcessHost, winlogon: WinProcess, random: Random): Session {
  const start = (parent: WinProcess, clock: string, image: string, commandLine: string, pid: number, untilUs = SESSION_END_US): WinProcess =>
    host.spawn(parent, { image, commandLine, startUs: on11(clock), lifeUs: untilUs - on11(clock), pid, ...AS_NOVAK });
  const userinit = start(winlogon, '21:31:41.905', IMAGES.userinit, IMAGES.userinit, STORY_PIDS.userinit, on11('21:32:12.350'));
  const explorer = start(userinit, '21:31:42.377', IMAGES.explorer, 'C:\\Windows\\Explorer.EXE', STORY_PIDS.explorer);
  const edge = start(explorer, '21:33:40.630', IMAGES.edge, `"${IMAGES.edge}" --profile-directory=Default`, STORY_PIDS.edge, on11('22:58:40.000'));
  const teams = start(explorer, '21:34:10.118', IMAGES.teams, `"${IMAGES.teams}" --system-initiated`, STORY_PIDS.teams);
  start(explorer, '21:34:44.702', IMAGES.oneDrive, `"${IMAGES.oneDrive}" /background`, STORY_PIDS.oneDrive);
  start(explorer, '21:34:50.266', IMAGES.securityTray, IMAGES.securityTray, STORY_PIDS.securityTray);
  const outlook = start(explorer, '21:36:05.480', IMAGES.outlook, `"${IMAGES.outlook}"`, STORY_PIDS.outlook);
  spawnRenderers(host, random, edge, 18, on11('22:50:00.000'));
  spawnRenderers(host, random, teams, 9, on11('22:40:00.000'));
  return { explorer, edge, teams, outlook };
}

/** A browser's own children: its crash handler, GPU and utility process, then one renderer after the other. */
function spawnRenderers(host: ProcessHost, random: Random, browser: WinProcess, count: number, untilUs: number): void {
  const fromUs = browser.startUs + 600_000;
  for (let index = 0; index < count; index += 1) {
    const startUs = Math.floor(fromUs + ((untilUs - fromUs) * index) / count) + random.int(1, 900) * 1_000;
    const lifeUs = Math.min(random.int(40, 2_400) * SECOND_US, (browser.endUs ?? SESSION_END_US) - startUs);
    const type = ['crashpad-handler', 'gpu-process', 'utility'][index] ?? 'renderer';
    const commandLine = `"${browser.image}" --type=${type} --lang=en-GB --field-trial-handle=${random.int(1_800, 3_000)},i`;
    host.spawn(browser, { image: browser.image, commandLine, startUs, lifeUs, ...AS_NOVAK });
  }
}
