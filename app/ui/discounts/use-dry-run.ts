import { useFetcher } from "@remix-run/react";
import { useEffect, useRef } from "react";
import type { CustomerName } from "#app/core/customer-views.ts";
import type { DiscountPlan } from "#app/core/discount-views.ts";
import type { Failure } from "#app/core/failure.ts";

/** The merchant has stopped typing. */
const PAUSE_MS = 350;

interface PlanAnswer {
  readonly plan?: DiscountPlan;
  readonly names?: readonly CustomerName[];
  readonly failure?: Failure;
}

export interface DryRunResult {
  readonly plan: DiscountPlan | null;
  readonly names: readonly CustomerName[];
  readonly failure: Failure | null;
  readonly isLoading: boolean;
  /** The code that stays proposed while the field is empty. */
  readonly madeUpCode: string | null;
}

/** Plans the discount again whenever the form has changed and rested; `toInput` is given the proposed code. */
export function useDryRun(toInput: (madeUpCode: string | null) => object): DryRunResult {
  const fetcher = useFetcher<PlanAnswer>();
  const { submit, data, state } = fetcher;
  const madeUp = useRef<string | null>(null);
  const lastPlan = useRef<PlanAnswer>({});
  if (data?.plan) {
    lastPlan.current = data;
    madeUp.current ??= data.plan.code;
  }
  const body = JSON.stringify(toInput(madeUp.current));
  // A proposal that comes back must not ask again: what is compared leaves it out.
  const question = JSON.stringify(toInput(null));
  const latest = useRef({ body, question });
  latest.current = { body, question };
  const asked = useRef(question);
  useEffect(() => {
    const timer = setTimeout(() => {
      asked.current = latest.current.question;
      submit(latest.current.body, { method: "post", action: "/app/discounts/plan", encType: "application/json" });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [question, submit]);
  // A complaint about what has been changed since would only confuse.
  const isCurrent = asked.current === question && state === "idle";
  return {
    plan: lastPlan.current.plan ?? null,
    names: lastPlan.current.names ?? [],
    failure: isCurrent ? (data?.failure ?? null) : null,
    isLoading: !isCurrent,
    madeUpCode: madeUp.current,
  };
}
