import { z } from "zod";

/** What goes wrong on purpose. Counts are of the next so many; delayMs and reorder stay until they are changed. */
export const faultsSchema = z.object({
  webhookDrop: z.number().int().min(0),
  duplicate: z.number().int().min(0),
  reorder: z.boolean(),
  webhookDelayMs: z.number().int().min(0),
  delayMs: z.number().int().min(0),
  throttle: z.number().int().min(0),
  failNext: z.number().int().min(0),
});
export type FaultState = z.infer<typeof faultsSchema>;

const NONE: FaultState = { webhookDrop: 0, duplicate: 0, reorder: false, webhookDelayMs: 0, delayMs: 0, throttle: 0, failNext: 0 };

export interface Faults {
  readonly current: FaultState;
  set(change: Partial<FaultState>): FaultState;
  takeFailure(): boolean;
  takeThrottle(): boolean;
  takeDrop(): boolean;
  takeDuplicate(): boolean;
}

export function createFaults(): Faults {
  let state = NONE;
  const take = (name: "failNext" | "throttle" | "webhookDrop" | "duplicate") => {
    if (state[name] === 0) return false;
    state = { ...state, [name]: state[name] - 1 };
    return true;
  };
  return {
    get current() {
      return state;
    },
    set(change) {
      state = { ...state, ...change };
      return state;
    },
    takeFailure: () => take("failNext"),
    takeThrottle: () => take("throttle"),
    takeDrop: () => take("webhookDrop"),
    takeDuplicate: () => take("duplicate"),
  };
}
