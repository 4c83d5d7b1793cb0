/** The zones an analyst can pick: UTC and this computer's first, then every IANA name. */

export type ZoneOption = { value: string; label: string };

let options: ZoneOption[] | null = null;

/** IANA names with UTC first; made once. */
export const zoneOptions = (): ZoneOption[] => {
  options ??= ['UTC', ...Intl.supportedValuesOf('timeZone').filter((z) => z !== 'UTC')].map((z) => ({ value: z, label: z.replaceAll('_', ' ') }));
  return options;
};

/** `local` stands for the computer's zone, whatever it is at the time. */
export const displayZoneOptions = (): ZoneOption[] => {
  const [utc, ...rest] = zoneOptions();
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...(utc === undefined ? [] : [utc]), { value: 'local', label: `This computer’s zone (${here})` }, ...rest];
};
