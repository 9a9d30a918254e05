import { useBlocker } from "@remix-run/react";
import { useEffect } from "react";

/** Leaving a form with changes asks the merchant to save or discard first: App Bridge draws attention to its save bar. */
export function useUnsavedGuard(hasChanges: boolean): void {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => hasChanges && currentLocation.pathname !== nextLocation.pathname);
  const { state, proceed, reset } = blocker;
  useEffect(() => {
    if (state !== "blocked") return;
    let isCurrent = true;
    const asked = typeof shopify === "undefined" ? Promise.resolve() : shopify.saveBar.leaveConfirmation();
    asked.then(
      () => {
        if (isCurrent) proceed?.();
      },
      () => {
        if (isCurrent) reset?.();
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [state, proceed, reset]);
}
