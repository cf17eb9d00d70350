import { setTimeout } from 'node:timers/promises'

const WITHIN = 20_000

/** Waits until something is so; fails with what `describe` says when it takes too long. */
export async function eventually(isSo: () => boolean | Promise<boolean>, describe = () => String(isSo)): Promise<void> {
  for (const end = performance.now() + WITHIN; !(await isSo()); await setTimeout(20)) {
    if (performance.now() > end) throw new Error(`it did not come about within ${WITHIN} ms: ${describe()}`)
  }
}
