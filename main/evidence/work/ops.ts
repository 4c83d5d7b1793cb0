/**
 * What the worker can be asked: a map of names to input and result, both plain data. CPU-heavy work on bytes and text only;
 * nothing here knows DuckDB, cases or jobs.
 */
import type { Unpacked } from '../archive/store.ts';
import { unpack, type UnpackInput } from '../archive/unpack.ts';
import { addRowIds } from '../build/row-id-column.ts';
import { locateCsv, normaliseCsv, rejectsAt, type Normalised } from '../csv/normalise.ts';
import { prepareCsv, type CsvPrepared } from '../csv/prepare.ts';
import type { Dialect } from '../types.ts';
import { locateJson, scanJson, type JsonScan, type JsonScanInput } from '../json/scan.ts';
import { splitJson, type SplitInput, type SplitTable } from '../json/split.ts';
import { hashFile, type Hashed } from './hash.ts';
import { encodingOf, inspectSource, type InspectInput, type Inspected } from './inspect-source.ts';
import { pickleTables, type WrittenPickle } from './pickle-tables.ts';
import { textLines } from './text-lines.ts';

export type WorkerOps = {
  hash: { input: { path: string; copyTo: string | null }; result: Hashed };
  inspect: { input: InspectInput; result: Inspected };
  prepareCsv: { input: Parameters<typeof prepareCsv>[0]; result: CsvPrepared };
  textLines: { input: Parameters<typeof textLines>[0]; result: ReturnType<typeof textLines> };
  normaliseCsv: { input: { path: string; dialect: Dialect; out: string; rejectsOut: string; limit?: number | undefined }; result: Normalised };
  locateCsv: { input: { path: string; dialect: Dialect; rows: Float64Array; out: string }; result: null };
  unpack: { input: UnpackInput; result: Unpacked };
  encoding: { input: Parameters<typeof encodingOf>[0]; result: ReturnType<typeof encodingOf> };
  scanJson: { input: JsonScanInput; result: JsonScan };
  splitJson: { input: SplitInput; result: SplitTable[] };
  locateJson: { input: Parameters<typeof locateJson>[0]; result: null };
  pickleTables: { input: Parameters<typeof pickleTables>[0]; result: WrittenPickle[] };
  addRowIds: { input: { path: string; dropLast: number }; result: { rows: number } };
  rejectsAt: { input: Parameters<typeof rejectsAt>[0]; result: ReturnType<typeof rejectsAt> };
};
export type WorkerOp = keyof WorkerOps;

type OpHandlers = { [K in WorkerOp]: (input: WorkerOps[K]['input'], onProgress: (done: number) => void) => WorkerOps[K]['result'] | Promise<WorkerOps[K]['result']> };

export const workerOps: OpHandlers = {
  hash: hashFile,
  inspect: inspectSource,
  prepareCsv,
  textLines,
  normaliseCsv,
  locateCsv: (input, onProgress) => {
    locateCsv(input, onProgress);
    return null;
  },
  unpack,
  encoding: encodingOf,
  scanJson,
  splitJson,
  locateJson: (input, onProgress) => {
    locateJson(input, onProgress);
    return null;
  },
  pickleTables,
  addRowIds: ({ path, dropLast }) => addRowIds(path, dropLast),
  rejectsAt,
};
