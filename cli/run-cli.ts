// The same use cases from a terminal: `npm run -s cli -- <area> <verb> [options]`.
import { CliError, type Command } from "./command.ts";

// Loaded on demand, so that `clv fit` needs neither a database nor the app's environment.
const commands: Record<string, () => Promise<Command>> = {
  doctor: async () => (await import("./commands/check-installation.ts")).checkInstallationCommand,
  "clv fit": async () => (await import("./commands/fit-clv.ts")).fitClvCommand,
  "demo wait": async () => (await import("./commands/wait-for-sync.ts")).waitForSyncCommand,
  "demo show": async () => (await import("./commands/show-demo.ts")).showDemoCommand,
  "segment count": async () => (await import("./commands/count-segment.ts")).countSegmentCommand,
  "segment members": async () => (await import("./commands/list-members.ts")).listMembersCommand,
  "segment explain": async () => (await import("./commands/explain-member.ts")).explainMemberCommand,
  "recommend evaluate": async () => (await import("./commands/evaluate-recommenders.ts")).evaluateRecommendersCommand,
};

async function main(): Promise<number> {
  const [area, verb, ...rest] = process.argv.slice(2);
  const name = commands[area ?? ""] ? area : `${area} ${verb}`;
  const load = commands[name];
  if (!load) {
    process.stderr.write(`Usage: npm run -s cli -- COMMAND [options]\n\n${Object.keys(commands).map((key) => `  ${key}`).join("\n")}\n`);
    return area === undefined || area === "--help" ? 0 : 2;
  }
  const command = await load();
  const args = name === area ? [verb, ...rest].filter((value) => value !== undefined) : rest;
  if (args.includes("--help")) {
    process.stdout.write(`${command.usage}\n`);
    return 0;
  }
  return await command.run(args);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const isExpected = error instanceof CliError || (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"));
    process.stderr.write(`${isExpected && error instanceof Error ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  },
);
