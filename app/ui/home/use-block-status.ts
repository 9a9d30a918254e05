import { useEffect, useState } from "react";
import type { BlockHandle } from "./theme-links.ts";

export type BlockStatus = "loading" | "active" | "available" | "unavailable" | "unknown";

interface Activation {
  readonly handle?: string;
  readonly status?: string;
  readonly target?: string;
}

/** What the published theme does with our blocks, asked of App Bridge; "unknown" when this admin cannot say. */
export function useBlockStatus(): (handle: BlockHandle) => BlockStatus {
  const [activations, setActivations] = useState<readonly Activation[] | "loading" | "unknown">("loading");
  useEffect(() => {
    let isCurrent = true;
    const settle = (value: readonly Activation[] | "unknown") => {
      if (isCurrent) setActivations(value);
    };
    readActivations().then(settle, () => settle("unknown"));
    return () => {
      isCurrent = false;
    };
  }, []);
  return (handle) => {
    if (activations === "loading" || activations === "unknown") return activations;
    const status = activations.find((activation) => activation.handle === handle)?.status;
    return status === "active" || status === "available" || status === "unavailable" ? status : "unknown";
  };
}

async function readActivations(): Promise<readonly Activation[] | "unknown"> {
  if (typeof shopify === "undefined" || !shopify.app?.extensions) return "unknown";
  const extensions = await shopify.app.extensions();
  // Of a theme extension each activation is one block, by the name of its file.
  return extensions.flatMap((extension) => (extension.type === "theme_app_extension" ? extension.activations : []).map((activation): Activation => activation));
}
