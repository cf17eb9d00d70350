import { AsyncInSyncError, LookupError } from '../../errors.js'
import { perform, type Work } from '../both-modes.js'
import { isPromiseLike } from '../steps.js'

type Piece = string | Uint8Array

/** A web stream, whose types differ from place to place. */
interface PieceStream {
  getReader(): PieceReader
}

interface PieceReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Piece | undefined }>
  cancel(): Promise<void>
}

/** SurrealQL as text, or in pieces: strings, or UTF-8. A stream, web stream or generator gives such pieces. */
export type ImportInput = string | Iterable<Piece> | AsyncIterable<Piece> | PieceStream

/** What a thread that blocks can import. */
export type ImportSyncInput = string | Iterable<Piece>

/** How much of a long text goes out at a time; bytes. */
const LONGEST = 256 * 1024

type PieceIterator = Iterator<unknown> | AsyncIterator<unknown>

/** What is to be imported, as bytes. */
export class ImportPieces {
  readonly #iterator: PieceIterator
  readonly #encoder = new TextEncoder()
  #waiting = new Uint8Array(0)
  /** The first half of a character that a string ended in. */
  #half = ''
  #isOver = false

  constructor(input: unknown) {
    this.#iterator = iteratorOf(input)
  }

  /** The next piece, in a buffer of its own; undefined at the end. */
  *next(): Work<Uint8Array | undefined> {
    while (this.#waiting.length === 0 && !this.#isOver) yield* this.#fill()
    if (this.#waiting.length === 0) return undefined
    const piece = this.#waiting.slice(0, LONGEST)
    this.#waiting = this.#waiting.subarray(LONGEST)
    return piece
  }

  /** The rest is not wanted. */
  *drop(): Work<void> {
    if (this.#isOver) return
    this.#isOver = true
    const iterator = this.#iterator
    yield* perform({ async: () => iterator.return?.(), sync: () => void iterator.return?.() })
  }

  *#fill(): Work<void> {
    const iterator = this.#iterator
    const next: IteratorResult<unknown, unknown> = yield* perform({
      async: () => iterator.next(),
      sync: () => synchronous(iterator.next()),
    })
    if (next.done !== true) {
      this.#waiting = this.#bytesOf(next.value)
      return
    }
    this.#isOver = true
    this.#waiting = this.#encoder.encode(this.#half)
  }

  #bytesOf(piece: unknown): Uint8Array<ArrayBuffer> {
    if (piece instanceof Uint8Array) return new Uint8Array(piece)
    if (typeof piece !== 'string') {
      throw new LookupError('INVALID_VALUE', 'A piece of an import is a string, or a Uint8Array that holds UTF-8.')
    }
    const text = this.#half + piece
    this.#half = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : ''
    return this.#encoder.encode(this.#half === '' ? text : text.slice(0, -1))
  }
}

function iteratorOf(input: unknown): PieceIterator {
  if (typeof input === 'string' || input instanceof Uint8Array) return [input][Symbol.iterator]()
  const source = Object(input) as Partial<AsyncIterable<unknown> & Iterable<unknown> & PieceStream>
  if (source.getReader) return read(source.getReader())
  const iterator = source[Symbol.asyncIterator]?.() ?? source[Symbol.iterator]?.()
  if (iterator) return iterator
  throw new LookupError(
    'INVALID_VALUE',
    'An import is given a string, or something to iterate over that gives its pieces.',
  )
}

/** Not every web stream can be iterated over. */
async function* read(reader: PieceReader): AsyncGenerator<unknown, void, undefined> {
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    await reader.cancel()
  }
}

function synchronous(result: IteratorResult<unknown> | Promise<IteratorResult<unknown>>): IteratorResult<unknown> {
  if (!isPromiseLike(result)) return result
  result.then(undefined, () => {})
  throw new AsyncInSyncError('importSync() was given something asynchronous, which it cannot wait for; use import().')
}
