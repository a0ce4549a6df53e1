// What `npm run snapshot` writes the operations of src/client by, and `npm run types` checks them against: those of
// src/client/documents, typed by schema/schema.graphql. What analysts ask is a file of its own: storefronts do not load it.
const typed = {
  plugins: [
    {
      add: {
        content: '// Written by `npm run snapshot` from documents/ and the schema. Not edited by hand.',
      },
    },
    'typescript-operations',
    'typed-document-node',
  ],
  config: {
    // texts, not syntax trees: a page sends them as they are
    documentMode: 'string',
    enumType: 'string-literal',
    skipTypename: true,
    useTypeImports: true,
    scalars: {
      ID: 'string',
      DateTime: 'string',
      Decimal: { input: 'string', output: 'string' },
      Upload: { input: 'Blob', output: 'never' },
    },
  },
};

export default {
  schema: 'schema/schema.graphql',
  generates: {
    'src/client/operations.ts': { documents: 'src/client/documents/*.graphql', ...typed },
    'src/client/insights.operations.ts': { documents: 'src/client/documents/insights/*.graphql', ...typed },
  },
};
