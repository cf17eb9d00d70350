import type { LiveMessage, LiveQuery } from './live-query.js'

/** A live query that is being started: iterate over it at once, or await it to know that it runs. */
export class LiveQueryStart<Row = Record<string, unknown>>
  implements PromiseLike<LiveQuery<Row>>, AsyncIterable<LiveMessage<Row>>
{
  readonly #started: Promise<LiveQuery<Row>>

  /** @internal */
  constructor(started: Promise<LiveQuery<Row>>) {
    this.#started = started
    // whoever waits for it hears of it
    started.catch(() => {})
  }

  then<Result = LiveQuery<Row>, Failure = never>(
    onStarted?: ((live: LiveQuery<Row>) => Result | PromiseLike<Result>) | null,
    onFailed?: ((error: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Result | Failure> {
    return this.#started.then(onStarted, onFailed)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<LiveMessage<Row>> {
    yield* await this.#started
  }
}
