/**
 * The 41 alerts of the case: thirteen of incident 4471 (the intrusion), three of 4468 (the phishing mail), three dismissed ones
 * of 4465 (rules under test), and 22 that belong to nothing. This file gives them their shape; the words are in the plans.
 */
import { idOf } from '../world/accounts.ts';
import { on11, SECOND_US } from '../core/time.ts';
import type { Fleet } from '../windows/fleet.ts';
import type { WinProcess } from '../windows/process-host.ts';
import { createEntityList } from './alert-entities.ts';
import type { EntityList } from './alert-entities.ts';
import { STORY_PIDS } from './chain.ts';
import type { ChainStep } from './chain.ts';
import { intrusionAlerts, phishingAlerts, ruleTestAlerts } from './incident-alerts.ts';
import { ENCODED_ALERT } from './intrusion.ts';
import { QUIET_ALERTS } from './quiet-alerts.ts';

export type Severity = 'Critical' | 'High' | 'Medium' | 'Low' | 'Informational';
export type Product = 'xdr' | 'sentinel' | 'entra';
export type AlertStatus = 'New' | 'InProgress' | 'Resolved' | 'Dismissed';

/** An alert as planned: times as clock texts of 11 March, entities as a function that lists them. */
export type AlertPlan = {
  readonly at: string;
  /** How long it lasted; one second when absent. */
  readonly seconds?: number;
  readonly severity: Severity;
  readonly name: string;
  readonly product: Product;
  readonly tactic?: string;
  /** `T1078` or `T1059.001`. */
  readonly technique?: string;
  readonly status: AlertStatus;
  readonly compromised: string;
  readonly description: string;
  readonly properties?: Readonly<Record<string, string>>;
  readonly entities: (list: EntityList) => void;
};

export type Alert = Omit<AlertPlan, 'at' | 'seconds' | 'entities'> & {
  readonly id: string;
  readonly startUs: number;
  readonly endUs: number;
  readonly incident: number | null;
  readonly entities: EntityList;
};

/** Looks up a step of the process chain. */
export type Steps = (name: ChainStep) => WinProcess;

function toAlert(plan: AlertPlan, incident: number | null): Alert {
  const { at, seconds = 1, entities, ...rest } = plan;
  const list = createEntityList();
  entities(list);
  const startUs = on11(at);
  const id = plan.name === ENCODED_ALERT.name ? ENCODED_ALERT.id : idOf(`alert ${plan.name} ${at}`);
  return { ...rest, id, startUs, endUs: startUs + seconds * SECOND_US, incident, entities: list };
}

export function buildAlerts(fleet: Fleet): Alert[] {
  const step: Steps = (name) => {
    const found = fleet.ws0142.chain.steps.find((item) => item.pid === STORY_PIDS[name]);
    if (found === undefined) throw new Error(`The chain has no ${name}`);
    return found;
  };
  const groups: readonly (readonly [number | null, readonly AlertPlan[]])[] = [
    [4471, intrusionAlerts(step)],
    [4468, phishingAlerts()],
    [4465, ruleTestAlerts()],
    [null, QUIET_ALERTS],
  ];
  return groups.flatMap(([incident, plans]) => plans.map((plan) => toAlert(plan, incident))).sort((left, right) => left.startUs - right.startUs);
}
