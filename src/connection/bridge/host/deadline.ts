/** Node runs a longer timer at once. */
export const LONGEST_TIMER = 2 ** 31 - 1

/** Resolves to true when `work` has settled in time, to false when the time is over. Never rejects. */
export async function settlesWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const timeOver = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), Math.min(milliseconds, LONGEST_TIMER))
  })
  const settled = work.then(
    () => true,
    () => true,
  )
  try {
    return await Promise.race([settled, timeOver])
  } finally {
    clearTimeout(timer)
  }
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
}

/** How much earlier than its caller the host gives up, so that the caller hears why. */
const AHEAD = 250

/**
 * A little less than what the caller waits; milliseconds. The last of several tries has little time, and its caller would
 * hear nothing of a host that is a few milliseconds late: a quarter of it is for the way back.
 */
export function aheadOf(timeout: number): number {
  return Math.max(1, timeout - Math.min(AHEAD, timeout / 4))
}
