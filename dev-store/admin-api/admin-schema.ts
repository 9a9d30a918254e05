import { readFileSync } from "node:fs";
import type { GraphQLSchema, IntrospectionQuery } from "graphql";
import { GraphQLError, buildClientSchema, getNamedType, isAbstractType, isObjectType, isScalarType } from "graphql";
import { z } from "zod";
import { createAccessRules, scopeFacts } from "./access.ts";
import type { AccessRules } from "./access.ts";
import type { Api, FieldTable } from "./field-types.ts";
import { readField } from "./field-types.ts";
import { buildFieldTable } from "./field-table.ts";

export interface AdminSchema { readonly schema: GraphQLSchema; readonly table: FieldTable; readonly access: AccessRules }

const file = z.object({ data: z.custom<IntrospectionQuery>((value) => typeof value === "object" && value !== null && "__schema" in value), offline_scopes: scopeFacts });

/** The real Admin schema with this store's fields behind it. */
export function loadAdminSchema(path: string): AdminSchema {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new Error(`the Admin schema is missing at ${path}: run node scripts/fetch-admin-schema.mjs`, { cause });
  }
  const parsed = file.parse(JSON.parse(text));
  const schema = buildClientSchema(parsed.data, { assumeValid: true });
  const table = buildFieldTable();
  const access = createAccessRules(parsed.offline_scopes);
  attachResolvers(schema, table, access);
  tightenScalars(schema);
  return { schema, table, access };
}

export function accessDenied(field: string, required: string): GraphQLError {
  return new GraphQLError(`Access denied for ${field} field.${required ? ` Required access: ${required}` : ""}`, {
    extensions: { code: "ACCESS_DENIED", documentation: "https://shopify.dev/api/usage/access-scopes", requiredAccess: required },
  });
}

function attachResolvers(schema: GraphQLSchema, table: FieldTable, access: AccessRules): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    if (isAbstractType(type)) type.resolveType = (value: unknown) => (typeof value === "object" && value !== null && "__typename" in value ? String(value.__typename) : undefined);
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const read = readField(table, type.name, field.name);
      const returns = getNamedType(field.type).name;
      field.resolve = (source: unknown, args, api: Api) => {
        const missing = access.missingFor(api.scopes, type.name, field.name, returns);
        if (missing !== null) throw accessDenied(field.name, missing);
        return read(source, args, api);
      };
    }
  }
}

/** buildClientSchema lets any value pass as a custom scalar; Shopify does not. */
function tightenScalars(schema: GraphQLSchema): void {
  const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
    DateTime: (value) => typeof value === "string" && !Number.isNaN(Date.parse(value)),
    Decimal: (value) => (typeof value === "number" && Number.isFinite(value)) || (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value)),
    Money: (value) => (typeof value === "number" && Number.isFinite(value)) || (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value)),
    UnsignedInt64: (value) => (typeof value === "number" && Number.isInteger(value) && value >= 0) || (typeof value === "string" && /^\d+$/.test(value)),
    URL: (value) => typeof value === "string" && URL.canParse(value),
  };
  for (const [name, isValid] of Object.entries(checks)) {
    const scalar = schema.getType(name);
    if (!isScalarType(scalar)) continue;
    scalar.parseValue = (value: unknown) => {
      if (!isValid(value)) throw new GraphQLError(`invalid ${name} '${String(value).slice(0, 80)}'`);
      return value;
    };
    scalar.parseLiteral = (node) => {
      const value = node.kind === "IntValue" || node.kind === "FloatValue" || node.kind === "StringValue" ? node.value : undefined;
      if (!isValid(value)) throw new GraphQLError(`invalid ${name} literal`, { nodes: node });
      return value;
    };
  }
}
