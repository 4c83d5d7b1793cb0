/**
 * Where a page may go: nowhere. Owns the lock on navigation, redirects, new windows and embedded pages of every web contents; the
 * only window a page may open is a same-origin pop-out. Addresses are parsed, never compared by prefix.
 */
import type { BrowserWindowConstructorOptions, WebContents } from 'electron';
import { appHost, appScheme, mainPage, popoutPath } from './content-policy.ts';
import type { Log } from './log.ts';

const parse = (address: string): URL | null => {
  try {
    return new URL(address);
  } catch {
    return null;
  }
};

const isAppUrl = (url: URL): boolean =>
  url.protocol === `${appScheme}:` && url.host === appHost && url.username === '' && url.password === '';

/** Same page again: a reload, which changes nothing. */
export const isReload = (current: string, target: string): boolean => {
  const [from, to] = [parse(current), parse(target)];
  if (from === null || to === null) return false;
  return from.protocol === to.protocol && from.host === to.host && from.pathname === to.pathname && to.username === '' && to.password === '';
};

export const isPopout = (target: string, devServer: string | null): boolean => {
  const url = parse(target);
  if (url === null || url.pathname !== popoutPath) return false;
  return isAppUrl(url) || (devServer !== null && url.origin === devServer);
};

const isMainAddress = (address: string, devServer: string | null): boolean => {
  const url = parse(address);
  return isReload(mainPage, address) || (devServer !== null && url !== null && url.origin === devServer);
};

export type NavigationRules = {
  readonly devServer: string | null;
  readonly log: Log;
  /** Only these contents may open pop-outs. */
  isMainPage(contents: WebContents): boolean;
  /** A page got away all the same (an empty page is not announced): bring it back, or close it. */
  onStray(contents: WebContents): void;
  /** Options of a pop-out window. */
  popoutOptions(): BrowserWindowConstructorOptions;
};

/** For `app.on('web-contents-created')`. */
export const lockNavigation = (contents: WebContents, { devServer, log, isMainPage, onStray, popoutOptions }: NavigationRules): void => {
  contents.on('will-frame-navigate', (event) => {
    const isFirst = contents.getURL() === '' && isPopout(event.url, devServer);
    if (event.isMainFrame && (isFirst || isReload(contents.getURL(), event.url))) return;
    event.preventDefault();
    log('warn', 'navigation refused', event.isMainFrame ? 'page' : 'frame');
  });
  contents.on('did-navigate', (_event, address) => {
    if (isMainPage(contents) ? isMainAddress(address, devServer) : isPopout(address, devServer)) return;
    log('warn', 'page strayed');
    onStray(contents);
  });
  // A page may not keep its window from closing.
  contents.on('will-prevent-unload', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => {
    event.preventDefault();
    log('warn', 'redirect refused');
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    log('warn', 'embedded page refused');
  });
  contents.setWindowOpenHandler(({ url, disposition }) => {
    // A script that names a size gets a window; a click on a link never does.
    if (isMainPage(contents) && disposition === 'new-window' && isPopout(url, devServer)) return { action: 'allow', overrideBrowserWindowOptions: popoutOptions() };
    log('warn', 'window refused');
    return { action: 'deny' };
  });
};
