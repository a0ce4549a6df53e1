// Code generation for the operations of src/client. `npm run snapshot` writes them and `npm run types` checks them.
// Analysts' operations are a separate file, so that storefronts do not load them.
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
    // strings instead of syntax trees, because a page sends them unchanged
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
