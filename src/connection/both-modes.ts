import { runSteps, runStepsSync, type Steps } from './steps.js'

/** One thing to do, in the form each mode needs. */
export interface BothModes<Value = unknown> {
  async(): Promise<Value> | Value
  /** Blocks until it is done. */
  sync(): Value
}

/** Work whose every step exists in both modes. */
export type Work<Result> = Steps<BothModes, Result>

/** Does one thing within work. */
export function* perform<Value>(step: BothModes<Value>): Work<Value> {
  return (yield step) as Value
}

/** Does work without blocking. */
export async function run<Result>(work: Work<Result>): Promise<Result> {
  return await runSteps(work, (step) => step.async())
}

/** Does work, and blocks until it is done. */
export function runSync<Result>(work: Work<Result>): Result {
  return runStepsSync(work, (step) => step.sync())
}

/** A pause. */
export function pause(milliseconds: number, signal?: AbortSignal): BothModes<void> {
  return {
    async: () =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const timer = setTimeout(done, milliseconds)
        signal?.addEventListener('abort', done, { once: true })
        function done(): void {
          clearTimeout(timer)
          signal?.removeEventListener('abort', done)
          resolve()
        }
      }),
    sync: () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds),
  }
}
