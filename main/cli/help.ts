/** Help texts, made from the verbs themselves; docs/cli.md is made from the same. Pure. */
import type { OptionSpec, Verb } from './verb.ts';

export const commonOptions: Readonly<Record<string, OptionSpec>> = {
  json: { type: 'boolean', help: 'print one JSON document; an error is {code, message, detail}' },
  help: { type: 'boolean', short: 'h', help: 'this help' },
};

const width = 100;

const wrapped = (text: string, indent: string): string => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((l) => indent + l).join('\n');
};

const optionLines = (options: Readonly<Record<string, OptionSpec>>): string => {
  const heads = Object.entries(options).map(([name, spec]) => `${spec.short === undefined ? '' : `-${spec.short}, `}--${name}${spec.value === undefined ? '' : ` <${spec.value}>`}`);
  const column = Math.max(...heads.map((h) => h.length)) + 2;
  return Object.values(options).map((spec, i) => `  ${(heads[i] ?? '').padEnd(column)}${spec.help}`).join('\n');
};

export const verbHelp = (verb: Verb): string =>
  [
    `casebench ${verb.name} ${verb.usage} [options]`,
    wrapped(verb.summary, ''),
    ...verb.details.map((d) => wrapped(d, '')),
    `Options:\n${optionLines({ ...verb.options, ...commonOptions })}`,
    `Example:\n${verb.examples.map((e) => `  ${e}`).join('\n')}`,
  ].join('\n\n') + '\n';

export const overview = (verbs: readonly Verb[]): string => {
  const heads = verbs.map((v) => `${v.name} ${v.usage}`);
  const column = Math.max(...heads.map((h) => h.length)) + 2;
  return [
    'casebench <command> [arguments] [options]',
    'Work with Casebench cases without a window: make a case, import evidence, read and export its tables. Offline.',
    `Commands:\n${verbs.map((v, i) => `  ${(heads[i] ?? '').padEnd(column)}${v.summary}`).join('\n')}`,
    'casebench <command> --help tells more. The answer goes to standard output, messages to standard error.',
    'Exit codes: 0 success, 1 an error (or findings, or files that could not be imported), 2 the command was not understood, 130 interrupted.',
  ].join('\n\n') + '\n';
};

/** The body of docs/cli.md. */
export const helpMarkdown = (verbs: readonly Verb[]): string =>
  [
    '# The command line',
    'Made from `casebench --help`; change the commands in `main/cli/`, then run `npx casebench help --markdown > docs/cli.md`.',
    '`npx casebench` works in a checkout after `npm ci`. It runs on plain Node, without Electron and without a display.',
    `\`\`\`text\n${overview(verbs)}\`\`\``,
    ...verbs.map((v) => `## ${v.name}\n\n\`\`\`text\n${verbHelp(v)}\`\`\``),
  ].join('\n\n') + '\n';
