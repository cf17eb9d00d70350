/** Long enough for a small write to a disk, and for the next request of a caller that waits for each answer; milliseconds. */
export const AWAKE = 2

let until = 0
let isTurning = false

/**
 * Keeps the event loop of this thread turning for a moment instead of sleeping. A request passes two threads on its way and
 * two back; putting this one to sleep and waking it up each time would cost half as much again as a small query takes. The
 * price is two milliseconds of one processor after the last message.
 */
export function stayAwake(): void {
  until = performance.now() + AWAKE
  if (isTurning) return
  isTurning = true
  setImmediate(turn)
}

function turn(): void {
  if (performance.now() < until) setImmediate(turn)
  else isTurning = false
}
