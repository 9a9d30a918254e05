import { spawn } from "node:child_process";

/** Runs a command to its end. Its output is kept back and shown only when it fails, unless `loud`. */
export function run(command, args, { env = process.env, label = command, loud = false, cwd } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, stdio: loud ? "inherit" : ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => reject(new Error(`${label}: ${error.message}`)));
    child.on("exit", (code, signal) => {
      if (code === 0) return resolve(output);
      reject(new Error(`${label} failed (${signal ?? `exit ${code}`})\n${output.slice(-6000)}`));
    });
  });
}

/** Starts a long-running process and answers once `ready` matches a line of its standard output. */
export function start(command, args, { env = process.env, label, ready, timeoutMs = 60_000, onLine }) {
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let tail = "";
  const stopped = new Promise((resolve) => child.on("exit", (code, signal) => resolve({ code, signal })));
  const whenReady = new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${label} was not ready within ${timeoutMs / 1000} s\n${tail.slice(-4000)}`)), timeoutMs);
    let rest = "";
    const read = (chunk) => {
      tail = (tail + chunk).slice(-20_000);
      rest += chunk;
      const lines = rest.split("\n");
      rest = lines.pop();
      for (const line of lines) {
        onLine?.(line);
        const match = ready.exec(line);
        if (match) {
          clearTimeout(timer);
          resolve(match);
        }
      }
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    stopped.then(({ code, signal }) => {
      clearTimeout(timer);
      reject(new Error(`${label} ended early (${signal ?? `exit ${code}`})\n${tail.slice(-4000)}`));
    });
  });
  return { child, label, whenReady, stopped, tail: () => tail };
}

/** SIGTERM, then SIGKILL after a grace period. Only processes that we started. */
export async function stop(processHandle, graceMs = 8_000) {
  const { child, stopped } = processHandle;
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await stopped;
  clearTimeout(timer);
}
