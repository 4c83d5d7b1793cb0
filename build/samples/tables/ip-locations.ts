/**
 * Where an invented location service puts the public addresses of the case. The addresses are reserved for documentation, so a
 * real location pack knows none of them; this table lets maps and joins work on the sample all the same.
 */
import { ALL_PLACES } from '../world/places.ts';
import type { Row } from '../write/text-tables.ts';

export const IP_LOCATION_COLUMNS = ['IpAddress', 'CountryCode', 'CountryName', 'State', 'City', 'Latitude', 'Longitude', 'Asn', 'AsnDescription'] as const;

export const ipLocationRows = (): Row[] =>
  ALL_PLACES.map((place) => ({
    IpAddress: place.ip,
    CountryCode: place.countryCode,
    CountryName: place.country,
    State: place.state,
    City: place.city,
    Latitude: place.latitude,
    Longitude: place.longitude,
    Asn: `AS${place.asn}`,
    AsnDescription: place.network,
  }));
