// What `npm run snapshot` writes src/client/operations.ts by, and `npm run types` checks it against: the operations of
// src/client/documents, typed by schema/schema.graphql.
export default {
  schema: 'schema/schema.graphql',
  documents: 'src/client/documents/*.graphql',
  generates: {
    'src/client/operations.ts': {
      plugins: [
        {
          add: {
            content: '// Written by `npm run snapshot` from documents/*.graphql and the schema. Not edited by hand.',
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
    },
  },
};
