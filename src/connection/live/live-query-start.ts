import type { LiveMessage, LiveQuery } from './live-query.js'

/** A live query that is being started: iterate over it at once, or await it to know that it runs. */
export class LiveQueryStart<Row = Record<string, unknown>, Message = LiveMessage<Row>>
  implements PromiseLike<LiveQuery<Row, Message>>, AsyncIterable<Message>
{
  readonly #started: Promise<LiveQuery<Row, Message>>

  /** @internal */
  constructor(started: Promise<LiveQuery<Row, Message>>) {
    this.#started = started
    // whoever waits for it hears of it
    started.catch(() => {})
  }

  then<Result = LiveQuery<Row, Message>, Failure = never>(
    onStarted?: ((live: LiveQuery<Row, Message>) => Result | PromiseLike<Result>) | null,
    onFailed?: ((error: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Result | Failure> {
    return this.#started.then(onStarted, onFailed)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Message> {
    yield* await this.#started
  }
}
