// The variables of an operation, coerced up to the first value that does not fit.
import {
  coerceInputValue,
  GraphQLError,
  isInputType,
  isNonNullType,
  typeFromAST,
  valueFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';

/** Long enough for any reason, too short to send a picture back. */
const MAX_REASON = 400;

/** One value that does not fit, which ends the coercion. */
class Misfit extends Error {
  constructor(
    readonly path: readonly (string | number)[],
    readonly reason: string,
  ) {
    super(reason);
  }
}

/**
 * graphql-js builds an error with the inspected object for every element that does not fit: 10,000 unknown keys took 44 s. This
 * reports one error and prints no value. Values that nobody declared are left out.
 * @param given as the request has them
 * @throws GraphQLError BAD_USER_INPUT with the path of the first misfit
 */
export function coerceVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const coerced: Record<string, unknown> = {};
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    // validation refuses other types
    if (!isInputType(type)) continue;
    if (Object.hasOwn(given, name)) coerced[name] = coerceGiven(name, type, given[name]);
    else if (definition.defaultValue) coerced[name] = valueFromAST(definition.defaultValue, type);
    else requireNullable(definition, type);
  }
  return coerced;
}

function requireNullable(definition: VariableDefinitionNode, type: GraphQLInputType): void {
  if (!isNonNullType(type)) return;
  const name = definition.variable.name.value;
  throw badInput(`Variable "$${name}" of required type "${String(type)}" was not provided.`, [name]);
}

function coerceGiven(name: string, type: GraphQLInputType, value: unknown): unknown {
  try {
    return coerceToFirstMisfit(value, type, { hideSuggestions: true });
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    const { path, reason } = withSuggestion(error, value, type);
    const place = [name, ...path];
    throw badInput(`The variable is invalid at "${written(place)}": ${withoutValue(reason)}`, place.map(String));
  }
}

function coerceToFirstMisfit(value: unknown, type: GraphQLInputType, options: { hideSuggestions: boolean }): unknown {
  return coerceInputValue(
    value,
    type,
    (path, _value, { message }) => {
      throw new Misfit(path, message);
    },
    options.hideSuggestions,
  );
}

/**
 * "Did you mean" for a name that people type. To compare a name of 15 MB with others takes 0.5 GB, so that the first pass
 * makes no suggestions and the second one runs only where the reason, which holds the name, is short.
 */
function withSuggestion(misfit: Misfit, value: unknown, type: GraphQLInputType): Misfit {
  if (misfit.reason.length > MAX_REASON) return misfit;
  try {
    coerceToFirstMisfit(value, type, { hideSuggestions: false });
  } catch (error) {
    if (error instanceof Misfit) return error;
  }
  return misfit;
}

/**
 * Without the value, which may be a photo: scalars end their reasons with it, enums begin with it. Of a reason of 15 MB its
 * two ends are read.
 */
function withoutValue(reason: string): string {
  const ends = reason.length > 2 * MAX_REASON ? reason.slice(0, MAX_REASON) + reason.slice(-MAX_REASON) : reason;
  const short = ends.replace(/value: [\s\S]*$/, 'value.').replace(/^Value "[\s\S]*" does/, 'The value does');
  return short.slice(0, MAX_REASON);
}

/** `input.filter.colors[3]` */
function written([first, ...rest]: readonly (string | number)[]): string {
  return rest.reduce<string>((place, key) => place + (typeof key === 'number' ? `[${key}]` : `.${key}`), String(first));
}

function badInput(message: string, path: readonly string[]): GraphQLError {
  const field = path.map((name) => name.slice(0, MAX_REASON));
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', field, http: { status: 400 } } });
}
