/** Evidence in the window: the panel, the pages that take evidence in, the import preview. */
export { EvidencePanel } from './evidence-panel.tsx';
export { ImportDialog } from './import-dialog.tsx';
export { chooseEvidence, openImport } from './import-flow.ts';
export { EmptyCasePage, FirstStartPage } from './start-page.tsx';
export { useFileDrop } from './use-file-drop.ts';
