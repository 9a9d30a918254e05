/**
 * Takes tasks of one phase until none is left, then waits for those that other threads still work on. `control` is shared memory: `cell` counts tasks
 * taken, `cell + 1` tasks done. A thread that comes late finds nothing to do; what is computed must not depend on who computes it.
 */
export function runPhase(control: Int32Array, cell: number, tasks: number, run: (task: number) => void): void {
  for (let task = Atomics.add(control, cell, 1); task < tasks; task = Atomics.add(control, cell, 1)) {
    run(task);
    if (Atomics.add(control, cell + 1, 1) === tasks - 1) Atomics.notify(control, cell + 1);
  }
  for (let done = Atomics.load(control, cell + 1); done < tasks; done = Atomics.load(control, cell + 1)) Atomics.wait(control, cell + 1, done);
}

/** Cells of `control` that one phase takes. */
export const PHASE_CELLS = 2;
