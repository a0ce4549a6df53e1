// Who may know whom: http → graphql → services → inference | pictures | store; everyone may use domain and errors.
const layer = (name) => `^src/${name}/`;
const only = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    only('no-circles', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }, 'data flows one way'),
    only(
      'domain-is-plain',
      { path: layer('domain') },
      {
        path: '^(src|node_modules)/',
        pathNot: '^src/(domain/|memory/(bounds|heap\\.size|memory\\.budget)\\.ts|errors\\.ts)',
      },
      'pure types and functions',
    ),
    only('tools-are-offline', { path: '^src/' }, { path: '^tools/' }, 'a release has no tools'),
    only(
      'drawing-is-plain',
      { path: '^tools/garment-drawing/' },
      { path: '^(src|tools|node_modules)/', pathNot: '^(tools/garment-drawing|src/domain)/' },
      'strings of SVG only',
    ),
    only(
      'inference-knows-no-store',
      { path: layer('(inference|pictures)') },
      { path: layer('(store|services|graphql|http|cli|jobs)') },
      'models and pictures know neither rows nor transport',
    ),
    only(
      'store-knows-no-model',
      { path: layer('store') },
      { path: layer('(inference|pictures|services|graphql|http|cli|jobs)') },
      'rows only',
    ),
    only(
      'services-know-no-transport',
      { path: layer('services') },
      { path: layer('(graphql|http|cli|jobs)') },
      'drivers call services',
    ),
    only(
      'jobs-call-services',
      { path: layer('jobs') },
      { path: layer('(graphql|http|cli)') },
      'a driver like any other',
    ),
    only(
      'graphql-calls-services',
      { path: layer('graphql') },
      { path: layer('(http|inference|pictures|store|cli)'), dependencyTypesNot: ['type-only'] },
      'resolvers are five lines',
    ),
    only(
      'http-calls-services',
      { path: layer('http') },
      { path: layer('(inference|store|cli)'), dependencyTypesNot: ['type-only'] },
      'routes are thin',
    ),
    only(
      'client-is-its-own',
      { path: layer('client') },
      { path: '^src/', pathNot: '^src/client/' },
      'it goes to storefronts, where there is no server',
    ),
    only(
      'pages-know-the-api-only',
      { path: '^src/http/pages/' },
      { path: '^src/', pathNot: '^src/(client|http/pages)/' },
      'what a page can do a storefront can',
    ),
    only(
      'servers-need-no-client',
      { path: '^src/(domain|inference|pictures|store|services|graphql|jobs|feeds)/|^src/http/[^/]+$' },
      { path: layer('client') },
      'the client is a user of the API',
    ),
    only(
      'one-sql',
      { path: '^src/', pathNot: '^src/(store|cli)/' },
      { path: 'node_modules/(pg|pg-boss|@electric-sql|node-pg-migrate|pgvector)/' },
      'SQL lives in store',
    ),
    only(
      'one-onnx',
      { path: '^src/', pathNot: '^src/(inference|cli)/' },
      { path: 'node_modules/(onnxruntime-node|@huggingface)/' },
      'models live in inference',
    ),
    only(
      'one-sharp',
      { path: '^src/', pathNot: '^src/pictures/' },
      { path: 'node_modules/sharp/' },
      'pictures live in pictures',
    ),
    only(
      'one-lru-cache',
      { path: '^src/', pathNot: '^src/memory/' },
      { path: 'node_modules/lru-cache/' },
      'caches have a bound in bytes',
    ),
    only(
      'memory-knows-nobody',
      { path: layer('memory') },
      { path: '^src/', pathNot: '^src/(memory/|errors\\.ts)' },
      'everyone may hold memory under a bound',
    ),
    only(
      'mapping-knows-no-garment',
      { path: layer('mapping') },
      { path: layer('(store|services|graphql|http|cli|jobs|inference|pictures)') },
      'numbers in, places out',
    ),
    only(
      'one-umap',
      { path: '^src/', pathNot: '^src/mapping/' },
      { path: 'node_modules/umap-js/' },
      'maps are drawn in mapping',
    ),
    only(
      'no-orphans',
      { orphan: true, path: '^src/', pathNot: '\\.worker\\.ts$|^src/http/pages/|^src/client/' },
      {},
      'nobody uses it',
    ),
    only('no-dev-packages', { path: '^src/' }, { dependencyTypes: ['npm-dev'] }, 'a release has no dev packages'),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
