// Allowed imports: http → graphql → services → inference | pictures | store; all layers may import domain and errors.
const layer = (name) => `^src/${name}/`;
const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    rule('no-cycles', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }, 'imports have no cycles'),
    rule(
      'domain-is-pure',
      { path: layer('domain') },
      {
        path: '^(src|node_modules)/',
        pathNot: '^src/(domain/|memory/(bounds|heap\\.size|memory\\.budget)\\.ts|errors\\.ts)',
      },
      'the domain has only types and pure functions',
    ),
    rule(
      'domain-has-fixed-rooms',
      {},
      { path: '^src/domain/(?!(access|analytics|catalog|jobs|learning|outfit|recommend|shared|text)/)' },
      'a file of the domain belongs into one of its rooms',
    ),
    rule(
      'services-have-fixed-rooms',
      {},
      { path: '^src/services/(?!services\\.ts|(access|analytics|catalog|models|outfits|recommend)/)' },
      'a service belongs into one of the rooms',
    ),
    rule(
      'bootstrap-is-the-root',
      { path: '^src/', pathNot: '^src/(bootstrap/|main\\.ts|cli/)' },
      { path: '^src/bootstrap/' },
      'only the entry points start the container',
    ),
    rule('tools-are-offline', { path: '^src/' }, { path: '^tools/' }, 'a release does not contain tools/'),
    rule(
      'garment-drawing-is-pure',
      { path: '^tools/garment-drawing/' },
      { path: '^(src|tools|node_modules)/', pathNot: '^(tools/garment-drawing|src/domain)/' },
      'garment drawing only returns SVG strings',
    ),
    rule(
      'inference-and-pictures-are-independent',
      { path: layer('(inference|pictures)') },
      { path: layer('(store|services|graphql|http|cli|jobs)') },
      'inference and pictures use neither the database nor the transport',
    ),
    rule(
      'store-uses-only-the-database',
      { path: layer('store') },
      { path: layer('(inference|pictures|services|graphql|http|cli|jobs)') },
      'the store reads and writes rows and nothing else',
    ),
    rule(
      'services-are-transport-independent',
      { path: layer('services') },
      { path: layer('(graphql|http|cli|jobs)') },
      'transports call services, not the reverse',
    ),
    rule(
      'jobs-call-services',
      { path: layer('jobs') },
      { path: layer('(graphql|http|cli)') },
      'jobs call services, like the transports do',
    ),
    rule(
      'graphql-calls-services',
      { path: layer('graphql') },
      { path: layer('(http|inference|pictures|store|cli)'), dependencyTypesNot: ['type-only'] },
      'resolvers only call services',
    ),
    rule(
      'http-calls-services',
      { path: layer('http') },
      { path: layer('(inference|store|cli)'), dependencyTypesNot: ['type-only'] },
      'routes only call services and resolvers',
    ),
    rule(
      'client-is-self-contained',
      { path: layer('client') },
      { path: '^src/', pathNot: '^src/client/' },
      'storefronts bundle the client without the server',
    ),
    rule(
      'pages-use-only-the-client',
      { path: '^src/http/pages/' },
      { path: '^src/', pathNot: '^src/(client|http/pages)/' },
      'pages use the same public API as storefronts',
    ),
    rule(
      'server-does-not-use-the-client',
      { path: '^src/(domain|inference|pictures|store|services|graphql|jobs|feeds)/|^src/http/[^/]+$' },
      { path: layer('client') },
      'the client depends on the API, not the reverse',
    ),
    rule(
      'database-packages-only-in-store',
      { path: '^src/', pathNot: '^src/(store|cli)/' },
      { path: 'node_modules/(pg|pg-boss|@electric-sql|node-pg-migrate|pgvector)/' },
      'only the store uses database packages',
    ),
    rule(
      'onnx-only-in-inference',
      { path: '^src/', pathNot: '^src/(inference|cli)/' },
      { path: 'node_modules/(onnxruntime-node|@huggingface)/' },
      'only inference runs models',
    ),
    rule(
      'sharp-only-in-pictures',
      { path: '^src/', pathNot: '^src/pictures/' },
      { path: 'node_modules/sharp/' },
      'only src/pictures uses sharp',
    ),
    rule(
      'lru-cache-only-in-memory',
      { path: '^src/', pathNot: '^src/memory/' },
      { path: 'node_modules/lru-cache/' },
      'only src/memory uses lru-cache, so every cache has a limit in bytes',
    ),
    rule(
      'memory-is-independent',
      { path: layer('memory') },
      { path: '^src/', pathNot: '^src/(memory/|errors\\.ts)' },
      'all layers may use src/memory, so it imports none of them',
    ),
    rule(
      'mapping-is-pure',
      { path: layer('mapping') },
      { path: layer('(store|services|graphql|http|cli|jobs|inference|pictures)') },
      'mapping turns vectors into positions and needs no other layer',
    ),
    rule(
      'umap-only-in-mapping',
      { path: '^src/', pathNot: '^src/mapping/' },
      { path: 'node_modules/umap-js/' },
      'only src/mapping uses umap-js',
    ),
    rule(
      'no-orphans',
      { orphan: true, path: '^src/', pathNot: '\\.worker\\.ts$|^src/http/pages/|^src/client/' },
      {},
      'no module imports it',
    ),
    rule(
      'no-dev-packages',
      { path: '^src/' },
      { dependencyTypes: ['npm-dev'] },
      'a release does not contain development packages',
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
