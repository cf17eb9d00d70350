/** One who waits in line. */
interface Waiting {
  readonly isAlone: boolean
  /** True when its turn has come; false when it never will. */
  readonly go: (isItsTurn: boolean) => void
}

/** A place in line: what it waits for, and how to give it up. */
export interface Place {
  readonly turn: Promise<boolean>
  giveUp(): void
}

/** A line in which some run alone and the others side by side; nobody overtakes. */
export class Turns {
  /** In the order they came. */
  readonly #waiting = new Set<Waiting>()
  #running = 0
  #isAlone = false

  /** Most find nobody before them: undefined is a turn that has come at once. */
  enter(isAlone: boolean): Place | undefined {
    if (this.#waiting.size === 0 && this.#mayRun(isAlone)) {
      this.#begin(isAlone)
      return undefined
    }
    let waiting: Waiting | undefined
    const turn = new Promise<boolean>((resolve) => {
      waiting = { isAlone, go: resolve }
      this.#waiting.add(waiting)
    })
    return { turn, giveUp: () => this.#giveUp(waiting!) }
  }

  /** One whose turn had come is done. */
  leave(): void {
    this.#running--
    this.#isAlone = false
    this.#next()
  }

  #giveUp(waiting: Waiting): void {
    if (!this.#waiting.delete(waiting)) return
    waiting.go(false)
    this.#next()
  }

  #next(): void {
    for (const waiting of this.#waiting) {
      if (!this.#mayRun(waiting.isAlone)) return
      this.#waiting.delete(waiting)
      this.#begin(waiting.isAlone)
      waiting.go(true)
    }
  }

  #mayRun(isAlone: boolean): boolean {
    return isAlone ? this.#running === 0 : !this.#isAlone
  }

  #begin(isAlone: boolean): void {
    this.#running++
    this.#isAlone = isAlone
  }
}
