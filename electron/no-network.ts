/**
 * Keeps Chromium off the network: nothing but the app's own scheme is loaded, names are not resolved, background services are
 * off. Online providers, when there are any, run in the engine. Owns the switches and the request filter.
 */
import type { CommandLine, Session, WebContents } from 'electron';
import { appScheme } from './content-policy.ts';
import type { Log } from './log.ts';

const quietSwitches = [
  'disable-background-networking',
  'disable-breakpad',
  'disable-client-side-phishing-detection',
  'disable-component-update',
  'disable-default-apps',
  'disable-domain-reliability',
  'disable-sync',
  'no-default-browser-check',
  'no-first-run',
  'no-pings',
  /** No proxy discovery: it asks the local network by itself. */
  'no-proxy-server',
];
/** The last one announces names by multicast; peer connections get no address to hide. */
const offFeatures = ['AutofillServerCommunication', 'CertificateTransparencyComponentUpdater', 'InterestFeedContentSuggestions', 'MediaRouter', 'NetworkTimeServiceQuerying', 'OptimizationHints', 'Translate', 'WebRtcHideLocalIpsWithMdns'];

/** Before `ready`. */
export const quietChromium = (commandLine: CommandLine, devServer: string | null): void => {
  for (const name of quietSwitches) commandLine.appendSwitch(name);
  const features = [commandLine.getSwitchValue('disable-features'), ...offFeatures].filter((name) => name !== '');
  commandLine.appendSwitch('disable-features', features.join(','));
  commandLine.appendSwitch('host-resolver-rules', devServer === null ? 'MAP * ~NOTFOUND' : 'MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1');
};

/** `devServer`: origin of the development server, null in every build. */
export const isAllowedRequest = (address: string, devServer: string | null, devTools: boolean): boolean => {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  if (url.protocol === `${appScheme}:` || url.protocol === 'blob:' || url.protocol === 'data:') return true;
  if (url.protocol === 'devtools:') return devTools;
  return devServer !== null && (url.origin === devServer || url.origin === devServer.replace(/^http/, 'ws'));
};

export const blockRequests = (session: Session, devServer: string | null, devTools: boolean, log: Log): void => {
  session.webRequest.onBeforeRequest((details, answer) => {
    const isAllowed = isAllowedRequest(details.url, devServer, devTools);
    // The address may come from evidence: only its scheme is logged.
    if (!isAllowed) log('warn', 'request blocked', `${details.resourceType} ${details.url.slice(0, details.url.indexOf(':') + 1)}`);
    answer({ cancel: !isAllowed });
  });
  session.setSpellCheckerEnabled(false);
};

export const blockPeerConnections = (contents: WebContents): void => contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
