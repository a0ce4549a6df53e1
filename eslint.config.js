import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'src/client/operations.ts',
      'src/client/insights.operations.ts',
      'dist/',
      'node_modules/',
      'coverage/',
      'models/',
      'bench/reports/',
      '.fitroom/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'off', // GraphQL responses in tests are untyped JSON
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}', 'tools/**/*.ts', 'models/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      complexity: ['error', 12],
      'no-console': 'error',
    },
  },
  // Maps and sets that live as long as the process must not grow with client input.
  {
    files: ['src/**/*.ts'],
    ignores: ['src/memory/**', 'src/cli/**', 'src/client/**', 'src/http/pages/**', 'src/feeds/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          'PropertyDefinition > NewExpression',
          'Program > VariableDeclaration > VariableDeclarator > NewExpression',
        ].map((place) => ({
          selector: `${place}[callee.name=/^(Map|Set)$/][arguments.length=0]`,
          message:
            'Limit its size with src/memory, or disable this rule for the line and explain why client input cannot make it grow.',
        })),
      ],
    },
  },
  // Apollo and Fastify require async hooks even if they await nothing.
  {
    files: ['src/graphql/**/*.ts', 'src/http/**/*.ts', 'test/graphql/**/*.ts'],
    rules: { '@typescript-eslint/require-await': 'off' },
  },
  { files: ['src/cli/**/*.ts', 'src/main.ts', 'tools/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts', 'docs/examples/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off', // an untyped response is any
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        URL: 'readonly',
        window: 'readonly',
        document: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
      },
    },
  },
);
