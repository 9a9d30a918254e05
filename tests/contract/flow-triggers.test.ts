import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { expect, it } from "vitest";
import { z } from "zod";

const toml = z.object({
  extensions: z.array(z.object({
    name: z.string(), handle: z.string(), type: z.literal("flow_trigger"),
    settings: z.object({ fields: z.array(z.object({ type: z.string(), key: z.string().optional() })) }),
  })),
});
const { extensions } = toml.parse(parse(readFileSync("extensions/segment-events/shopify.extension.toml", "utf8")));

it("the triggers that the app tells Flow are declared, with the fields that it sends", () => {
  const source = readFileSync("app/server/delivery/deliver-segment-events.server.ts", "utf8");
  const handles = [...source.matchAll(/"(customer-\w+-segment)"/g)].map((match) => match[1]);
  expect(handles.sort()).toEqual(extensions.map(({ handle }) => handle).sort());
  const sent = /const payload = \{ customer_id: [^}]*\}/.exec(source)?.[0] ?? "";
  for (const { settings } of extensions) {
    expect(settings.fields.map(({ type, key }) => key ?? type.replace("_reference", "_id"))).toEqual([...sent.matchAll(/(\w+):/g)].map((match) => match[1]));
  }
});

it("names fit what Flow allows", () => {
  for (const { handle, settings } of extensions) {
    expect(handle.length).toBeLessThanOrEqual(30);
    for (const { key } of settings.fields) if (key) expect(key).toMatch(/^[A-Za-z ]+$/);
  }
});
