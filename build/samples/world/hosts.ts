/**
 * The machines of the invented network 10.20.0.0/16. `WS-0142` is where the intrusion starts.
 */
import { idOf } from './accounts.ts';

export type Host = {
  readonly name: string;
  readonly ip: string;
  readonly os: 'Windows 11' | 'Windows Server 2022' | 'Ubuntu 24.04';
  readonly role: 'workstation' | 'file server' | 'domain controller' | 'management' | 'gateway';
  readonly deviceId: string;
  readonly sourceComputerId: string;
};

const host = (name: string, ip: string, os: Host['os'], role: Host['role']): Host => ({
  name,
  ip,
  os,
  role,
  deviceId: idOf(`device ${name}`).replaceAll('-', '') + '5a7c21e0',
  sourceComputerId: idOf(`computer ${name}`),
});

export const WS_0142 = host('WS-0142', '10.20.4.12', 'Windows 11', 'workstation');
export const WS_0209 = host('WS-0209', '10.20.4.29', 'Windows 11', 'workstation');
export const WS_0117 = host('WS-0117', '10.20.4.17', 'Windows 11', 'workstation');
export const FS_0007 = host('FS-0007', '10.20.0.7', 'Windows Server 2022', 'file server');
export const DC_0001 = host('DC-0001', '10.20.0.1', 'Windows Server 2022', 'domain controller');
export const MG_0005 = host('MG-0005', '10.20.0.5', 'Windows Server 2022', 'management');
export const LX_0009 = host('LX-0009', '10.20.0.9', 'Ubuntu 24.04', 'gateway');

export const HOSTS: readonly Host[] = [WS_0142, WS_0209, WS_0117, FS_0007, DC_0001, MG_0005, LX_0009];

/** Time server on the core switch: an address without a machine of its own here. */
export const NTP_IP = '10.20.0.2';
