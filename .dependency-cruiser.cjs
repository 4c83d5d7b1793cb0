/**
 * The layer rule. Imports point down: renderer → contract and shared ← main; electron → contract and shared.
 * Owns: which folder may import which. Must not: hold style rules (.oxlintrc.json does).
 */
/** Renderer folders every view builds on; their files are imported directly. */
const kit = 'engine|state|commands|theme|ui|shell';

module.exports = {
  forbidden: [
    {
      name: 'renderer-reaches-only-contract-and-shared',
      comment: 'The window knows the engine only through the contract.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(main|electron|build|queries)/', pathNot: '^main/(contract|shared)/' },
    },
    {
      name: 'renderer-has-no-node',
      comment: 'The renderer is sandboxed: no Node modules, no native packages.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-reaches-only-contract-and-shared',
      comment: 'The Electron process holds no SQL, no evidence, no analysis.',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^(main|renderer|build|queries)/', pathNot: '^main/(contract|shared)/' },
    },
    {
      name: 'main-knows-no-window',
      comment: 'The engine also runs as plain Node.',
      severity: 'error',
      from: { path: '^main/' },
      to: { path: ['^(electron|renderer|build)/', '(^|/)node_modules/(electron|react|react-dom|@mantine)/'] },
    },
    {
      name: 'contract-is-schemas-only',
      comment: 'The contract imports the schema library and itself.',
      severity: 'error',
      from: { path: '^main/contract/' },
      to: { pathNot: ['^main/contract/', '(^|/)node_modules/zod/'] },
    },
    {
      name: 'shared-is-pure',
      comment: 'Shared helpers run in every process: no Node, no DOM libraries, nothing from the rooms.',
      severity: 'error',
      from: { path: '^main/shared/' },
      to: { pathNot: ['^main/(shared|contract)/', '(^|/)node_modules/temporal-polyfill/'] },
    },
    {
      name: 'build-stands-alone',
      comment: 'The build scripts hold no product logic.',
      severity: 'error',
      from: { path: '^build/', pathNot: '^build/bin/' },
      to: { path: '^(main|electron|renderer)/' },
    },
    {
      name: 'main-features-by-index',
      comment: 'A feature of the engine is imported by others through its index.ts, or types.ts for its interface.',
      severity: 'error',
      from: { path: '^main/([^/]+)/' },
      to: {
        path: '^main/[^/]+/.+',
        pathNot: ['^main/$1/', '^main/[^/]+/(index|types)\\.ts$', '^main/(contract|shared)/'],
      },
    },
    {
      name: 'renderer-features-by-index',
      comment: 'A view is imported by others only through its index.ts.',
      severity: 'error',
      from: { path: '^renderer/([^/]+)/' },
      to: { path: '^renderer/[^/]+/.+', pathNot: ['^renderer/$1/', '^renderer/[^/]+/index\\.tsx?$', `^renderer/(${kit})/`] },
    },
    {
      name: 'renderer-kit-below-views',
      comment: 'What every view builds on knows no view.',
      severity: 'error',
      from: { path: '^renderer/(engine|state|theme|ui)/' },
      to: { path: '^renderer/', pathNot: '^renderer/(engine|state|theme|ui)/' },
    },
    {
      name: 'resolvable',
      comment: 'An import that cannot be resolved is not checked by any rule above.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|build/electron-shim)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};
