/**
 * Puts the sample case together: builds the world once, writes every evidence file, and describes them in a manifest and a
 * ground truth. Pure: same seed, same bytes; touches no disk.
 */
import { createRandom } from './core/random.ts';
import { sha256Hex } from './core/text.ts';
import { isoZ } from './core/time.ts';
import { EVIDENCE_END_US, SEED, WINDOW } from './story/intrusion.ts';
import { evidenceFiles } from './evidence-files.ts';
import type { EvidenceFile } from './evidence-files.ts';
import { groundTruth } from './ground-truth.ts';
import { buildStory } from './story-data.ts';
import { utf8 } from './write/text-tables.ts';

export type OutputFile = { readonly path: string; readonly bytes: Uint8Array };

const json = (value: unknown): Uint8Array => utf8(`${JSON.stringify(value, null, 2)}\n`);

function manifest(files: readonly EvidenceFile[]): unknown {
  return {
    case: 'Lantern',
    title: 'Mailbox to file server intrusion',
    notice: 'Invented. Names, addresses, digests and events are made up; addresses and domains are those reserved for documentation.',
    seed: SEED,
    evidenceEnds: isoZ(EVIDENCE_END_US),
    openWith: { table: 'SecurityEvent', from: isoZ(WINDOW.fromUs), to: isoZ(WINDOW.toUs), zone: 'UTC' },
    files: files.map((file) => ({
      path: file.path,
      title: file.title,
      description: file.description,
      demo: file.demo,
      bytes: file.bytes.length,
      sha256: sha256Hex(file.bytes),
      tables: file.tables,
    })),
  };
}

/** All files of `resources/samples/lantern`, by name inside that folder. */
export function buildLantern(seed: string = SEED): OutputFile[] {
  const story = buildStory(createRandom(seed));
  const files = evidenceFiles(story);
  return [
    ...files.map((file) => ({ path: file.path, bytes: file.bytes })),
    { path: 'manifest.json', bytes: json(manifest(files)) },
    { path: 'ground-truth.json', bytes: json(groundTruth(story, files)) },
  ];
}
