// Cost of an operation: points of its fields and number of values in its arguments.
import { GraphQLError, TypeInfo, ValidationContext } from 'graphql';
import type { DocumentNode, GraphQLObjectType, GraphQLSchema, OperationDefinitionNode } from 'graphql';
// the ESM build of the package loads a second copy of graphql, which does not accept a schema of the first
import queryComplexity, { type ComplexityEstimator, type ComplexityEstimatorArgs } from 'graphql-query-complexity/cjs';
import { objectCost } from '../cost.js';

const { createComplexityRule, fieldExtensionsEstimator } = queryComplexity;

interface PricedOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  root: GraphQLObjectType;
  /** Coerced variables. `getComplexity` of the package coerces again, with an error for every invalid value. */
  variables: Record<string, unknown>;
}

export interface OperationCost {
  points: number;
  /** Values in the arguments of a field times the rows that it is resolved for. */
  argumentValues: number;
}

const configuredCost = fieldExtensionsEstimator();

/**
 * Returns the cost of an operation.
 * @throws GraphQLError BAD_USER_INPUT if an argument is invalid
 */
export function operationCost(operation: PricedOperation): OperationCost {
  return {
    points: Math.ceil(totalOf(operation, pointsOf)),
    argumentValues: totalOf(operation, argumentValues()),
  };
}

function totalOf(operationToPrice: PricedOperation, estimator: ComplexityEstimator): number {
  const { schema, document, operation, root, variables } = operationToPrice;
  const context = new ValidationContext(schema, document, new TypeInfo(schema), (error) => {
    throw badInput(error.message);
  });
  const rule = createComplexityRule({ maximumComplexity: Infinity, estimators: [estimator] })(context);
  rule.variableValues = variables;
  try {
    return rule.nodeComplexity(operation, root);
  } catch (error) {
    // @skip and @include with the variable null
    if (!(error instanceof GraphQLError) || error.extensions['code'] !== undefined) throw error;
    throw badInput(error.message);
  }
}

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });
}

function pointsOf(field: ComplexityEstimatorArgs): number {
  return configuredCost(field) ?? (objectCost(field) as number);
}

function argumentValues(): ComplexityEstimator {
  // a variable is the same object wherever the operation uses it
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
