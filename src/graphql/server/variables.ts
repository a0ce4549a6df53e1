// Coercion of the variables of an operation, up to the first invalid value.
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

/** The longest reason, in characters: enough for any reason, too short to echo a picture. */
const MAX_REASON = 400;

/** The first invalid value. It ends the coercion. */
class InvalidValue extends Error {
  constructor(
    readonly path: readonly (string | number)[],
    readonly reason: string,
  ) {
    super(reason);
  }
}

/**
 * Returns the coerced variables. graphql-js creates an error with the inspected object for every invalid element:
 * 10,000 unknown keys took 44 s. This reports one error and prints no value. Undeclared variables are left out.
 * @param values variables of the request
 * @throws GraphQLError BAD_USER_INPUT with the path of the first invalid value
 */
export function coerceVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const coerced: Record<string, unknown> = {};
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    // validation refuses other types
    if (!isInputType(type)) continue;
    if (Object.hasOwn(values, name)) coerced[name] = coerceValue(name, type, values[name]);
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

function coerceValue(name: string, type: GraphQLInputType, value: unknown): unknown {
  try {
    return coerceToFirstInvalid(value, type, { hideSuggestions: true });
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error;
    const { path, reason } = withSuggestion(error, value, type);
    const position = [name, ...path];
    throw badInput(`The variable is invalid at "${pathText(position)}": ${withoutValue(reason)}`, position.map(String));
  }
}

function coerceToFirstInvalid(value: unknown, type: GraphQLInputType, options: { hideSuggestions: boolean }): unknown {
  return coerceInputValue(
    value,
    type,
    (path, _value, { message }) => {
      throw new InvalidValue(path, message);
    },
    options.hideSuggestions,
  );
}

/**
 * Returns the error with "Did you mean" suggestions. Comparing a name of 15 MB with others takes 0.5 GB. So the first
 * pass makes no suggestions, and the second runs only for a short reason, which contains the name.
 */
function withSuggestion(invalid: InvalidValue, value: unknown, type: GraphQLInputType): InvalidValue {
  if (invalid.reason.length > MAX_REASON) return invalid;
  try {
    coerceToFirstInvalid(value, type, { hideSuggestions: false });
  } catch (error) {
    if (error instanceof InvalidValue) return error;
  }
  return invalid;
}

/**
 * Returns the reason without the value, which may be a photo. Reasons of scalars end with the value, reasons of enums
 * start with it. For a reason of 15 MB, only its two ends are used.
 */
function withoutValue(reason: string): string {
  const ends = reason.length > 2 * MAX_REASON ? reason.slice(0, MAX_REASON) + reason.slice(-MAX_REASON) : reason;
  const short = ends.replace(/value: [\s\S]*$/, 'value.').replace(/^Value "[\s\S]*" does/, 'The value does');
  return short.slice(0, MAX_REASON);
}

/** Returns a path as text, for example `input.filter.colors[3]`. */
function pathText([first, ...rest]: readonly (string | number)[]): string {
  return rest.reduce<string>((text, key) => text + (typeof key === 'number' ? `[${key}]` : `.${key}`), String(first));
}

function badInput(message: string, path: readonly string[]): GraphQLError {
  const field = path.map((name) => name.slice(0, MAX_REASON));
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', field, http: { status: 400 } } });
}
