// The cost of an operation: points by the prices of its fields, and the values that its arguments hold.
import { GraphQLError, TypeInfo, ValidationContext } from 'graphql';
import type { DocumentNode, GraphQLObjectType, GraphQLSchema, OperationDefinitionNode } from 'graphql';
// the package's ESM build brings a second copy of graphql, which does not know this one's schema
import queryComplexity, { type ComplexityEstimator, type ComplexityEstimatorArgs } from 'graphql-query-complexity/cjs';
import { objectCost } from '../cost.js';

const { createComplexityRule, fieldExtensionsEstimator } = queryComplexity;

interface PricedOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  root: GraphQLObjectType;
  /** Coerced. The package's own `getComplexity` coerces again, with an error for every value that does not fit. */
  variables: Record<string, unknown>;
}

export interface OperationCost {
  points: number;
  /** Those of a field times the rows that it is resolved for. */
  argumentValues: number;
}

const ownPrice = fieldExtensionsEstimator();

/** @throws GraphQLError BAD_USER_INPUT where an argument does not fit */
export function operationCost(operation: PricedOperation): OperationCost {
  return {
    points: Math.ceil(summed(operation, pointsOf)),
    argumentValues: summed(operation, argumentValues()),
  };
}

function summed(priced: PricedOperation, estimator: ComplexityEstimator): number {
  const { schema, document, operation, root, variables } = priced;
  const context = new ValidationContext(schema, document, new TypeInfo(schema), (error) => {
    throw new GraphQLError(error.message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });
  });
  const prices = createComplexityRule({ maximumComplexity: Infinity, estimators: [estimator] })(context);
  prices.variableValues = variables;
  return prices.nodeComplexity(operation, root);
}

function pointsOf(field: ComplexityEstimatorArgs): number {
  return ownPrice(field) ?? (objectCost(field) as number);
}

function argumentValues(): ComplexityEstimator {
  // a variable is the same object wherever it is used
  const counted = new WeakMap<object, number>();
  return (field) => {
    const rows = pointsOf({ ...field, childComplexity: 1 }) - pointsOf({ ...field, childComplexity: 0 });
    return valuesIn(field.args, counted) + rows * field.childComplexity;
  };
}

function valuesIn(value: unknown, counted: WeakMap<object, number>): number {
  if (value === null || typeof value !== 'object') return 1;
  const known = counted.get(value);
  if (known !== undefined) return known;
  const count = Object.values(value).reduce<number>((sum, inner) => sum + valuesIn(inner, counted), 0);
  counted.set(value, count);
  return count;
}
