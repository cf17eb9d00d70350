/** Exactly one of the two ends a loan, once. */
export interface Loan<Each> {
  readonly channel: Each
  giveBack(): void
  /** The channel is closed instead of being lent again. */
  discard(): void
}

export function loanOf<Each>(channel: Each, ended: (isDiscarded: boolean) => void): Loan<Each> {
  let isOver = false
  const end = (isDiscarded: boolean) => {
    // a second one would lend to two users what the first has made free
    if (isOver) throw new Error('this connection was given back already')
    isOver = true
    ended(isDiscarded)
  }
  return { channel, giveBack: () => end(false), discard: () => end(true) }
}
