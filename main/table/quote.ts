/** Names and texts as SQL spells them. Names come from the catalogue and paths from the case; values of people are always bound. */

export const nameQuoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const textLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`;
