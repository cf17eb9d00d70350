/** Says how many bytes have to be there before it can go on, and ends with what it has read. */
export type Reading<Result> = Generator<number, Result, void>

/** Bytes as they came in, to be read as they were meant. */
export class ByteQueue {
  #chunks: Buffer[] = []
  length = 0
  /** Whether the sender has said that no more will come. */
  ended = false

  append(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.length += chunk.length
  }

  /** So many bytes. */
  *take(count: number): Reading<Buffer> {
    while (this.length < count) yield count
    const bytes = this.#joined()
    this.#replace(bytes.subarray(count))
    return bytes.subarray(0, count)
  }

  /** All bytes up to this ending, with it. */
  *takeThrough(ending: string): Reading<Buffer> {
    for (;;) {
      const at = this.#joined().indexOf(ending)
      if (at >= 0) return yield* this.take(at + ending.length)
      yield this.length + 1
    }
  }

  /** All bytes there will ever be. */
  *takeAll(): Reading<Buffer> {
    while (!this.ended) yield this.length + 1
    return this.#joined()
  }

  #joined(): Buffer {
    if (this.#chunks.length !== 1) this.#chunks = [Buffer.concat(this.#chunks)]
    return this.#chunks[0]!
  }

  #replace(bytes: Buffer): void {
    this.#chunks = [bytes]
    this.length = bytes.length
  }
}
