import { expect, it } from "vitest";
import { createLogger } from "#app/server/platform/logger.server.ts";

const TOKEN = "shpat_0123456789abcdef0123456789abcdef";
const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJodHRwczovL2EubXlzaG9waWZ5LmNvbSJ9.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";
const EMAIL = "bob.norman@mail.example.com";
const APP_SECRET = "hush-this-is-the-app-secret";

function capture(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger({ level: "trace", secrets: [APP_SECRET], destination: { write: (line) => void lines.push(line) } }));
  for (const line of lines) JSON.parse(line);
  return lines.join("");
}

it.each<[string, (log: ReturnType<typeof createLogger>) => void]>([
  ["a message", (log) => log.info(`token ${TOKEN} of ${EMAIL}, Bearer ${JWT}`)],
  ["a message with arguments", (log) => log.info("token %s of %s", TOKEN, EMAIL)],
  ["a nested field", (log) => log.info({ session: { accessToken: TOKEN, user: { email: EMAIL, list: [{ refresh: JWT }] } } }, "x")],
  ["a field with an innocent name", (log) => log.info({ note: `see ${TOKEN}`, url: `https://x/?id_token=${JWT}&shop=a`, who: EMAIL }, "x")],
  ["an error and its cause", (log) => log.error({ err: new Error(`for ${EMAIL}`, { cause: new Error(`with ${TOKEN}`) }) }, "x")],
  ["an error as the only argument", (log) => log.error(new Error(`with ${TOKEN} for ${EMAIL} by ${JWT}`))],
  ["bindings of a child", (log) => log.child({ token: TOKEN, by: EMAIL }).warn("x")],
  ["the app's own secret anywhere", (log) => log.info({ weird: `x${APP_SECRET}x` }, `y${APP_SECRET}y`)],
])("shows no secret and no e-mail address in %s", (_where, write) => {
  const text = capture(write);
  expect(text.length).toBeGreaterThan(20);
  for (const secret of [TOKEN, JWT, EMAIL, APP_SECRET]) expect(text).not.toContain(secret);
});

it("hides personal fields by name and keeps what is worth reading", () => {
  const text = capture((log) => log.info({ shopId: 7, customer: { id: 3, first_name: "Bob", phone: "+1 555", zip: "K2P", city: "Ottawa" } }, "updated"));
  for (const personal of ["Bob", "555", "K2P"]) expect(text).not.toContain(personal);
  expect(JSON.parse(text)).toMatchObject({ level: "info", shopId: 7, customer: { id: 3, city: "Ottawa" }, msg: "updated" });
});

it("names the operation in every line of a child", () => {
  const text = capture((log) => log.child({ operation: "sync-store" }).info("started"));
  expect(JSON.parse(text)).toMatchObject({ operation: "sync-store", msg: "started" });
});
