import net from "node:net";
import { afterEach, beforeEach, expect, vi } from "vitest";

// Two rules for every test: no noise on the console, no traffic beyond loopback.
const noise: string[] = [];

beforeEach(() => {
  noise.length = 0;
  for (const method of ["warn", "error"] as const) {
    vi.spyOn(console, method).mockImplementation((...args: unknown[]) => void noise.push(`${method}: ${args.map(String).join(" ")}`));
  }
});

afterEach(() => {
  expect(noise, "console noise").toEqual([]);
});

const LOOPBACK = new Set(["localhost", "127.0.0.1", "::1", ""]);
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: Parameters<typeof connect>) {
  const options = (Array.isArray(args[0]) ? (args[0] as unknown[])[0] : args[0]) as { host?: string; path?: string } | undefined;
  const host = typeof options === "object" ? (options?.host ?? "") : "";
  if (typeof options === "object" && !options?.path && !LOOPBACK.has(host)) throw new Error(`a test reached for ${host}: only loopback is allowed`);
  return connect.apply(this, args);
} as typeof connect;
