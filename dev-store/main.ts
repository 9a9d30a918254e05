import { readOptions } from "./read-options.ts";
import { startDevStore } from "./start-dev-store.ts";

const STOP_WITHIN_MS = 10_000;

try {
  const store = await startDevStore(readOptions(process.argv.slice(2)));
  process.stdout.write(`READY ${JSON.stringify({ admin: `${store.origin}/admin`, storefront: store.origin, control: `${store.origin}/__control` })}\n`);
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    store.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`dev store: did not stop cleanly: ${error instanceof Error ? error.message : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
