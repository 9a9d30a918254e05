import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A Python that can import the package, or null. */
export async function findPython(packageName: string): Promise<string | null> {
  for (const python of ["python3", "/usr/bin/python3"]) {
    try {
      await run(python, ["-c", `import ${packageName}`]);
      return python;
    } catch {
      // Not this one.
    }
  }
  return null;
}

/** The last line that a peer's script prints, parsed as JSON. */
export async function runPython(python: string, script: string, args: readonly string[]): Promise<unknown> {
  const { stdout } = await run(python, [new URL(`./peers/${script}`, import.meta.url).pathname, ...args]);
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}
