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
      '@typescript-eslint/no-unsafe-assignment': 'off', // GraphQL answers in tests are JSON
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
  // what lives as long as the process must not grow with what clients send
  {
    files: ['src/**/*.ts'],
    ignores: ['src/memory/**', 'src/cli/**', 'src/client/**', 'src/drawing/**', 'src/http/pages/**', 'src/feeds/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          'PropertyDefinition > NewExpression',
          'Program > VariableDeclaration > VariableDeclarator > NewExpression',
        ].map((place) => ({
          selector: `${place}[callee.name=/^(Map|Set)$/][arguments.length=0]`,
          message:
            'Bound it with src/memory, or disable this rule for the line and say why it cannot grow with what clients send.',
        })),
      ],
    },
  },
  // Apollo and Fastify ask for hooks that are promises, whether or not there is anything to wait for
  {
    files: ['src/graphql/**/*.ts', 'src/http/**/*.ts', 'test/graphql/**/*.ts'],
    rules: { '@typescript-eslint/require-await': 'off' },
  },
  { files: ['src/cli/**/*.ts', 'src/main.ts', 'tools/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts', 'docs/examples/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off', // an answer without types is any
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
  {
    files: ['src/http/pages/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: Object.fromEntries(
        [
          'React',
          'ReactDOM',
          'GraphiQL',
          'EventTarget',
          'CustomEvent',
          'FileReader',
          'history',
          'location',
          'URLSearchParams',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
