import { existsSync } from "node:fs";
import { run } from "./run.mjs";

export const CHROMIUM = process.env.TESSERA_CHROMIUM ?? "/usr/bin/chromium";

/** Finds Debian's Chromium, installing it when this machine lets us; otherwise says what is missing. */
export async function requireChromium() {
  if (existsSync(CHROMIUM)) return CHROMIUM;
  if (process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    process.stderr.write("set-up: installing Debian's chromium for the e2e tests ...\n");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update", "-qq"], { env, label: "apt-get update" });
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { env, label: "apt-get install chromium" });
    if (existsSync(CHROMIUM)) return CHROMIUM;
  }
  throw new Error(`e2e needs Chromium at ${CHROMIUM}: install Debian's package "chromium" (apt-get install chromium), or name another in TESSERA_CHROMIUM.`);
}
