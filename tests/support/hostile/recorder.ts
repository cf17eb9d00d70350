import { Queryable } from '../../../src/connection/records/queryable.js'
import type { CallOptions } from '../../../src/connection/calls/call-options.js'
import type { RpcRequest } from '../../../src/connection/calls/rpc.js'
import type { CompiledQuery } from '../../../src/surrealql/compiled-query.js'

/** What a statement is, whatever its names are called: a backslash takes the next character as it stands. */
export const shapeOf = (text: string): string => text.replaceAll(/`(?:\\[^]|[^\\`])*`/g, '`')

/** A connection that keeps the texts it is sent, and answers every statement with one row. */
export class Recorder extends Queryable {
  readonly serverVersion = undefined
  readonly texts: string[] = []
  readonly #row: object

  constructor(row: object) {
    super()
    this.#row = row
  }

  async request(request: RpcRequest, options?: CallOptions): Promise<unknown> {
    return this.requestSync(request, options)
  }

  requestSync({ params }: RpcRequest, options?: CallOptions): unknown {
    const [text] = params as readonly [string]
    this.texts.push(text)
    const answer = / ONLY /.test(text) ? this.#row : [this.#row]
    const isEach = (options as { readonly each?: boolean } | undefined)?.each === true
    return Array.from(shapeOf(text).split(';\n'), () => (isEach ? { value: answer } : answer))
  }

  /** Where live queries begin. */
  followSync(start: () => CompiledQuery): void {
    this.texts.push(start().query)
  }
}
