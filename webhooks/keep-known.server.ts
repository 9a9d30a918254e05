import { z } from "zod";

/**
 * The part of a payload that a topic's schema names, and of e-mail addresses the domain only: what a dead letter may
 * hold. Names, addresses and phones are in no schema of ours, so they are dropped by not being known.
 */
export function keepKnown(schema: z.ZodType, value: unknown): unknown {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return hidden(value);
    return Object.fromEntries(
      Object.entries(inner.shape).flatMap(([name, field]) => {
        const item: unknown = Reflect.get(value, name);
        return item === undefined ? [] : [[name, name === "email" ? toAnonymousEmail(item) : keepKnown(field as z.ZodType, item)]];
      }),
    );
  }
  if (inner instanceof z.ZodArray) return Array.isArray(value) ? value.map((item) => keepKnown(inner.element as z.ZodType, item)) : hidden(value);
  return typeof value === "object" && value !== null ? hidden(value) : value;
}

function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) return unwrap(schema.unwrap() as z.ZodType);
  return schema instanceof z.ZodPipe ? unwrap(schema.in as z.ZodType) : schema;
}

/** Something of another shape than the schema's stands here; its type is all that may be known. */
function hidden(value: unknown): string | null {
  return value === null ? null : `[${Array.isArray(value) ? "array" : typeof value}]`;
}

function toAnonymousEmail(value: unknown): unknown {
  return typeof value === "string" && value.includes("@") ? `anonymous${value.slice(value.lastIndexOf("@"))}` : null;
}
