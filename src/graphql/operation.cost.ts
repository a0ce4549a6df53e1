// The cost of an operation in points, by the prices of its fields.
import { GraphQLError, TypeInfo, ValidationContext } from 'graphql';
import type { DocumentNode, GraphQLObjectType, GraphQLSchema, OperationDefinitionNode } from 'graphql';
// the package's ESM build brings a second copy of graphql, which does not know this one's schema
import queryComplexity from 'graphql-query-complexity/cjs';
import { objectCost } from './cost.js';

const { createComplexityRule, fieldExtensionsEstimator } = queryComplexity;

interface PricedOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  root: GraphQLObjectType;
  /** Coerced. The package's own `getComplexity` coerces again, with an error for every value that does not fit. */
  variables: Record<string, unknown>;
}

/** @throws GraphQLError BAD_USER_INPUT where an argument does not fit */
export function operationCost({ schema, document, operation, root, variables }: PricedOperation): number {
  const context = new ValidationContext(schema, document, new TypeInfo(schema), (error) => {
    throw new GraphQLError(error.message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });
  });
  const estimators = [fieldExtensionsEstimator(), objectCost];
  const prices = createComplexityRule({ maximumComplexity: Infinity, estimators })(context);
  prices.variableValues = variables;
  return prices.nodeComplexity(operation, root);
}
