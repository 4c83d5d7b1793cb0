/**
 * Public addresses of the story and where an (invented) location service puts them. Only ranges that RFC 5737, RFC 2544 and
 * RFC 3849 reserve for documentation and tests are used, so that no real network is named.
 */

export type Place = {
  readonly ip: string;
  readonly countryCode: string;
  readonly country: string;
  readonly state: string;
  readonly city: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly asn: number;
  readonly network: string;
};

type City = Omit<Place, 'ip' | 'asn' | 'network'>;

const city = (countryCode: string, country: string, state: string, name: string, latitude: number, longitude: number): City => ({
  countryCode,
  country,
  state,
  city: name,
  latitude,
  longitude,
});

const LISBON = city('PT', 'Portugal', 'Lisboa', 'Lisbon', 38.7223, -9.1393);
const FRANKFURT = city('DE', 'Germany', 'Hessen', 'Frankfurt', 50.1109, 8.6821);
const WARSAW = city('PL', 'Poland', 'Mazowieckie', 'Warsaw', 52.2297, 21.0122);
const TORONTO = city('CA', 'Canada', 'Ontario', 'Toronto', 43.6532, -79.3832);
const SEATTLE = city('US', 'United States', 'Washington', 'Seattle', 47.6062, -122.3321);
const MEXICO = city('MX', 'Mexico', 'Ciudad de México', 'Mexico City', 19.4326, -99.1332);
const OSAKA = city('JP', 'Japan', 'Osaka', 'Osaka', 34.6937, 135.5023);
const MUMBAI = city('IN', 'India', 'Maharashtra', 'Mumbai', 19.076, 72.8777);
const JOHANNESBURG = city('ZA', 'South Africa', 'Gauteng', 'Johannesburg', -26.2041, 28.0473);
const SINGAPORE = city('SG', 'Singapore', 'Singapore', 'Singapore', 1.3521, 103.8198);
const SAO_PAULO = city('BR', 'Brazil', 'São Paulo', 'São Paulo', -23.5505, -46.6333);
const SANTIAGO = city('CL', 'Chile', 'Región Metropolitana', 'Santiago', -33.4489, -70.6693);
const NAIROBI = city('KE', 'Kenya', 'Nairobi', 'Nairobi', -1.2921, 36.8219);
const AUCKLAND = city('NZ', 'New Zealand', 'Auckland', 'Auckland', -36.8485, 174.7633);

const on = (ip: string, where: City, asn: number, network: string): Place => ({ ip, asn, network, ...where });

/** Command and control; `cdn-sync.example.net` and `drop.example.net` resolve to it. */
export const ATTACKER = on('203.0.113.77', SAO_PAULO, 64496, 'Example Transit');
/** Takes over from the first address after 22:31; same certificate. */
export const ATTACKER_2 = on('203.0.113.140', SAO_PAULO, 64496, 'Example Transit');
/** Where the stolen password of j.novak is used from. */
export const ATTACKER_VPN = on('198.51.100.23', SINGAPORE, 64499, 'Sample Hosting');

export const OFFICE = on('203.0.113.14', LISBON, 64510, 'Corp Lisbon Office');
export const PROXY_FRANKFURT = on('192.0.2.10', FRANKFURT, 64511, 'Corp Cloud Egress');
export const HOME_OSAKA = on('203.0.113.201', OSAKA, 64512, 'Illustration Telecom');
export const TELEMETRY_SANTIAGO = on('198.51.100.61', SANTIAGO, 64500, 'Demo Net');
export const UPDATES_NAIROBI = on('198.51.100.90', NAIROBI, 64502, 'Test Carrier');
export const TIMING_AUCKLAND = on('203.0.113.9', AUCKLAND, 64505, 'Doc Island');

/** Where staff sign in from, with relative weights. */
export const STAFF_PLACES: readonly (readonly [Place, number])[] = [
  [PROXY_FRANKFURT, 560],
  [on('192.0.2.11', FRANKFURT, 64511, 'Corp Cloud Egress'), 220],
  [OFFICE, 90],
  [on('192.0.2.80', TORONTO, 64513, 'Specimen Cable'), 62],
  [on('192.0.2.60', WARSAW, 64514, 'Model Telekom'), 24],
  [on('192.0.2.90', SEATTLE, 64515, 'Placeholder Fiber'), 14],
  [on('192.0.2.100', MEXICO, 64516, 'Ejemplo Redes'), 9],
  [HOME_OSAKA, 10],
  [on('192.0.2.120', MUMBAI, 64517, 'Instance Broadband'), 12],
  [on('192.0.2.140', JOHANNESBURG, 64518, 'Mock Wireless'), 8],
];

/** Web services that workstations talk to all day. */
export const WEB_SERVICES: readonly (readonly [string, string, number])[] = [
  ['198.18.4.10', 'cdn.example.com', 30],
  ['198.18.4.11', 'static.example.com', 22],
  ['198.18.4.20', 'mail.example.com', 26],
  ['198.18.4.21', 'teams.example.com', 24],
  ['198.18.4.30', 'updates.example.org', 10],
  ['198.18.4.31', 'telemetry.example.org', 12],
  ['198.18.4.40', 'search.example.com', 14],
  ['198.18.4.41', 'news.example.org', 9],
  ['198.18.4.42', 'maps.example.org', 5],
  ['198.18.4.50', 'files.example.com', 11],
  ['198.18.4.51', 'sso.example.com', 12],
  ['198.18.4.60', 'weather.example.org', 3],
  ['198.18.4.61', 'travel.example.org', 3],
  ['198.18.4.62', 'port-schedules.example.org', 4],
  ['198.18.4.63', 'bank.example.org', 2],
  ['198.18.4.64', 'ocsp.example.org', 8],
];

export const ALL_PLACES: readonly Place[] = [
  ATTACKER,
  ATTACKER_2,
  ATTACKER_VPN,
  TELEMETRY_SANTIAGO,
  UPDATES_NAIROBI,
  TIMING_AUCKLAND,
  ...STAFF_PLACES.map(([place]) => place),
];
