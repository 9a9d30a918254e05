import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createSmallStore } from "#dev-store/db/small-store.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "dev-store-main-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function start(args: readonly string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "dev-store/main.ts", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stderr.on("data", (part: Buffer) => (err += part.toString()));
  const ready = new Promise<Record<string, string>>((resolve, reject) => {
    child.stdout.on("data", (part: Buffer) => {
      out += part.toString();
      const line = /^READY (\{.*\})$/m.exec(out);
      if (line) resolve(JSON.parse(line[1]) as Record<string, string>);
    });
    child.once("exit", (code) => reject(new Error(`ended with ${code}: ${err}`)));
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { child, ready, ended };
}

const options = (dir: string) => ["--port", "0", "--data-dir", dir, "--app-url", "http://127.0.0.1:9", "--api-key", "K", "--api-secret", "S"];

it("says READY with its addresses, keeps its state over a restart and stops on SIGTERM even with open connections", async () => {
  createSmallStore(path.join(dataDir, "store.db")).close();
  const first = start(options(dataDir));
  const addresses = await first.ready;
  expect(Object.keys(addresses)).toEqual(["admin", "storefront", "control"]);
  for (const address of Object.values(addresses)) expect((await fetch(address)).status).toBe(200);
  const advanced = await fetch(`${addresses.control}/api/clock`, { method: "POST", headers: { "content-type": "application/json" }, body: '{"advanceDays":30}' });
  const { now } = (await advanced.json()) as { now: string };
  first.child.kill("SIGTERM");
  expect(await first.ended).toBe(0);

  const second = start(options(dataDir));
  const again = (await (await fetch(`${(await second.ready).control}/api/state`)).json()) as { now: string };
  expect(Date.parse(again.now)).toBeGreaterThanOrEqual(Date.parse(now));
  second.child.kill("SIGINT");
  expect(await second.ended).toBe(0);
});

it("names what is missing", async () => {
  await expect(start(["--data-dir", dataDir]).ready).rejects.toThrow(/--app-url.*--api-key.*--api-secret/);
  await expect(start(options(dataDir)).ready).rejects.toThrow(/no store at .*seed/);
});
