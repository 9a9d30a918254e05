import type { IncomingMessage } from "node:http";
import { z } from "zod";

const LIMIT_BYTES = 1_000_000;

export async function readBytes(req: IncomingMessage, limit = LIMIT_BYTES): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > limit) throw new BodyError(413, "The request is too large");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

export class BodyError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
    this.name = "BodyError";
  }
}

/** What JSON and forms have in common: names to texts, numbers, lists and further names. */
export interface Fields {
  [name: string]: FieldValue;
}
export type FieldValue = string | number | boolean | null | FieldValue[] | Fields;

const json: z.ZodType<FieldValue> = z.lazy(() => z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json)]));
const object: z.ZodType<Fields> = z.record(z.string(), json);

/** Body of a form (url-encoded or multipart) or of a JSON call. */
export async function readFields(req: IncomingMessage): Promise<Fields> {
  const body = await readBytes(req);
  const type = req.headers["content-type"] ?? "";
  if (body.length === 0) return {};
  if (type.includes("json")) {
    const parsed = object.safeParse(parseJson(body.toString("utf8")));
    if (!parsed.success) throw new BodyError(400, "The body is not a JSON object");
    return parsed.data;
  }
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)/.test(type)) throw new BodyError(415, `content type not taken: ${type.slice(0, 60)}`);
  const pairs: [string, string][] = [];
  try {
    const form = await new Response(body, { headers: { "content-type": type } }).formData();
    form.forEach((value, name) => void (typeof value === "string" && pairs.push([name, value])));
  } catch {
    throw new BodyError(400, "The form cannot be read");
  }
  return nestFields(pairs);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BodyError(400, "The body is not JSON");
  }
}

/**
 * Names as Shopify reads them: `a[b]` is a field of `a`, `a[]` one more element, and in `a[][b]` an element ends where
 * its `b` comes a second time.
 */
export function nestFields(pairs: readonly (readonly [string, string])[]): Fields {
  const root: Fields = Object.create(null);
  for (const [name, value] of pairs) {
    const head = /^[^[]+/.exec(name)?.[0];
    if (head === undefined) continue;
    const path = [head, ...[...name.slice(head.length).matchAll(/\[([^\]]*)\]/g)].map((part) => part[1])];
    if (path.length <= 5) place(root, path, value);
  }
  return root;
}

function place(into: Fields, [name, ...rest]: string[], value: string): void {
  if (rest.length === 0) {
    into[name] = value;
    return;
  }
  if (rest[0] === "") {
    const existing = into[name];
    const list: FieldValue[] = Array.isArray(existing) ? existing : (into[name] = []);
    if (rest.length === 1) return void list.push(value);
    let last = list.at(-1);
    if (!isFields(last) || rest[1] in last) list.push((last = Object.create(null) as Fields));
    return place(last, rest.slice(1), value);
  }
  let inner = into[name];
  if (!isFields(inner)) into[name] = inner = Object.create(null) as Fields;
  place(inner, rest, value);
}

export function isFields(value: FieldValue | undefined): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The discount code that a form asks for, "" for none. One whose refusal the shopper has read does not hold them up when
 * they go on (`onward` is the button for that); it is tried again only when they press "apply".
 */
export function readDiscountCode(fields: Fields, onward: string): string {
  const code = textOf(fields, "discount");
  return "remove_discount" in fields || (onward in fields && code === textOf(fields, "refused_code")) ? "" : code;
}

/** A text field, "" when it is absent or no text. */
export function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "";
}
