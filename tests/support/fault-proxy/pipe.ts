import type { Socket } from 'node:net'

/** What governs every pipe of a proxy. */
export interface Flow {
  readonly isFrozen: boolean
  /** How long the next bytes take, in milliseconds. */
  delay(): number
}

type Cargo = Buffer | 'end'

/** One direction of a connection: what goes in comes out in the same order, later or never. */
export class Pipe {
  readonly #waiting: { readonly cargo: Cargo; readonly due: number; readonly written?: () => void }[] = []
  #timer: NodeJS.Timeout | undefined
  #lastDue = 0
  #isOver = false

  constructor(
    readonly target: Socket,
    readonly flow: Flow,
  ) {}

  /** `written` is called when the bytes have left. */
  push(cargo: Cargo, written?: () => void): void {
    if (this.#isOver) return
    this.#lastDue = Math.max(this.#lastDue, Date.now() + this.flow.delay())
    this.#waiting.push({ cargo, due: this.#lastDue, ...(written && { written }) })
    this.pump()
  }

  /** What comes after this is lost: a message that was cut off is not followed by another one. */
  pushLast(cargo: Cargo, written: () => void): void {
    this.push(cargo, written)
    this.#isOver = true
  }

  /** Holds everything that comes from now on for so much longer. */
  hold(milliseconds: number): void {
    this.#lastDue = Math.max(this.#lastDue, Date.now()) + milliseconds
  }

  /** Sends what is due. */
  pump(): void {
    clearTimeout(this.#timer)
    for (let next = this.#waiting[0]; next && !this.flow.isFrozen; next = this.#waiting[0]) {
      const early = next.due - Date.now()
      if (early > 0) {
        this.#timer = setTimeout(() => this.pump(), early)
        return
      }
      this.#waiting.shift()
      this.#send(next.cargo, next.written)
    }
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.#waiting.length = 0
  }

  #send(cargo: Cargo, written?: () => void): void {
    if (cargo === 'end') this.target.end()
    else if (this.target.writable) this.target.write(cargo, () => written?.())
  }
}
