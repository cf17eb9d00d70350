import type { BothModes } from '../both-modes.js'

/**
 * Those that lost against another transaction try again one after the other. All at once they would only beat each other
 * again: of 200 that write one record, each round would let one third pass. A blocking call does not stand in line: nobody
 * in front of it could go on while it waits.
 */
export class ConflictQueue {
  #last: Promise<void> = Promise.resolve()

  /** Waits for its turn; the function that comes back ends it. */
  readonly enter: BothModes<() => void> = {
    async: async () => {
      const before = this.#last
      let leave: () => void = () => {}
      this.#last = new Promise((resolve) => {
        leave = resolve
      })
      await before
      return leave
    },
    sync: () => () => {},
  }
}
