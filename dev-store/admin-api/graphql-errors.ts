import type { GraphQLFormattedError } from "graphql";
import { GraphQLError } from "graphql";

/** A validation error with Shopify's words and codes, where graphql-js says the same thing otherwise. */
export function formatValidationError(error: GraphQLError): GraphQLFormattedError {
  const locations = error.locations ? error.locations.map(({ line, column }) => ({ line, column })) : undefined;
  const unknownField = /^Cannot query field "(\w+)" on type "(\w+)"/.exec(error.message);
  if (unknownField) {
    const [, fieldName, typeName] = unknownField;
    return { message: `Field '${fieldName}' doesn't exist on type '${typeName}'`, locations, extensions: { code: "undefinedField", typeName, fieldName } };
  }
  const unknownArgument = /^Unknown argument "(\w+)" on field "(\w+)\.(\w+)"/.exec(error.message);
  if (unknownArgument) {
    const [, argumentName, , name] = unknownArgument;
    return { message: `Field '${name}' doesn't accept argument '${argumentName}'`, locations, extensions: { code: "argumentNotAccepted", name, typeName: "Field", argumentName } };
  }
  const selectionMissing = /^Field "(\w+)" of type "([^"]+)" must have a selection of subfields/.exec(error.message);
  if (selectionMissing) {
    const [, nodeName, typeName] = selectionMissing;
    return { message: `Field must have selections (field '${nodeName}' returns ${typeName} but has no selections. Did you mean '${nodeName} { ... }'?)`, locations, extensions: { code: "selectionMismatch", nodeName: `field '${nodeName}'`, typeName } };
  }
  const undefinedType = /^Unknown type "(\w+)"/.exec(error.message);
  if (undefinedType) return { message: `${undefinedType[1]} isn't a defined input type`, locations, extensions: { code: "variableRequiresValidType", typeName: undefinedType[1] } };
  return { message: error.message, locations, extensions: { code: "graphqlValidationFailed" } };
}

/** A variable that does not fit, as Shopify words it. */
export function formatVariableError(error: GraphQLError): GraphQLFormattedError {
  const locations = error.locations ? error.locations.map(({ line, column }) => ({ line, column })) : undefined;
  const missing = /^Variable "(\$\w+)" of required type "([^"]+)" was not provided/.exec(error.message);
  if (missing) {
    return { message: `Variable ${missing[1]} of type ${missing[2]} was provided invalid value`, locations, extensions: { code: "INVALID_VARIABLE", value: null, problems: [{ path: [], explanation: "Expected value to not be null" }] } };
  }
  const bad = /^Variable "(\$\w+)" got invalid value (.*?)(?: at "[^"]+")?; ([\s\S]*)$/.exec(error.message);
  if (bad) {
    const path = /at "\$?\w+\.([^"]+)"/.exec(error.message)?.[1].split(/[.[\]]+/).filter(Boolean) ?? [];
    return { message: `Variable ${bad[1]} was provided invalid value${path.length ? ` for ${path.join(".")} (${bad[3]})` : ""}`, locations, extensions: { code: "INVALID_VARIABLE", problems: [{ path, explanation: bad[3] }] } };
  }
  return { message: error.message, locations, extensions: { code: "INVALID_VARIABLE" } };
}

/** What a field threw. A bug of the simulator is told apart from a refusal. */
export function formatFieldError(error: GraphQLError): GraphQLFormattedError {
  const locations = error.locations?.map(({ line, column }) => ({ line, column }));
  const original = error.originalError;
  const code = original && !(original instanceof GraphQLError) && !("extensions" in original) ? { code: "INTERNAL_SERVER_ERROR" } : {};
  return { message: error.message, locations, path: error.path, extensions: { ...code, ...error.extensions } };
}
