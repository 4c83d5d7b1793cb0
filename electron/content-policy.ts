/**
 * What the page may load and run, as headers of every response of the `app:` scheme. Owns the scheme's name and these headers.
 * Scripts come from the app's own files only: no inline script, no eval. Inline styles are allowed, for the docking and chart
 * libraries position with them; a style can't run code.
 */
export const appScheme = 'app';
export const appHost = 'casebench';
export const appOrigin = `${appScheme}://${appHost}`;
export const mainPage = `${appOrigin}/index.html`;
export const popoutPath = '/popout.html';

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "worker-src 'self' blob:",
  "connect-src 'none'",
  "media-src 'none'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const deniedFeatures = ['camera', 'microphone', 'geolocation', 'usb', 'hid', 'serial', 'bluetooth', 'midi', 'payment', 'display-capture', 'clipboard-read', 'idle-detection', 'local-fonts'];

export const responseHeaders = (contentType: string): Record<string, string> => ({
  'Content-Type': contentType,
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': deniedFeatures.map((feature) => `${feature}=()`).join(', '),
  'Cache-Control': 'no-cache',
});
