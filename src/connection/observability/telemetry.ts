import { SurrealEngineError } from '../../errors.js'
import type { CallOutcome } from '../calls/calls.js'
import type { CheckedOptions } from '../options/connection-options.js'
import { loadOpenTelemetry, type Attributes, type Context, type OpenTelemetry, type Span } from './open-telemetry.js'
import type { RpcRequest } from '../calls/rpc.js'
import type { SessionState } from '../session/session-state.js'

/** A transaction, as OpenTelemetry sees it. */
export interface TransactionSpan {
  /** What the calls that begin and end it hang on. */
  readonly trace: Context | undefined
  /** Does work whose calls hang on it too. */
  within<Result>(work: () => Result): Result
  ended(outcome: CallOutcome): void
}

const PORTS: Readonly<Record<string, number>> = { 'ws:': 80, 'http:': 80, 'wss:': 443, 'https:': 443 }

/** Tells OpenTelemetry of the calls and transactions of one connection, in the words of its conventions for databases. */
export class Telemetry {
  readonly #api: OpenTelemetry
  readonly #session: SessionState
  readonly #server: Attributes

  /** Throws when the option asks for OpenTelemetry and it is not installed. */
  constructor({ target }: CheckedOptions, session: SessionState) {
    this.#api = loadOpenTelemetry()
    this.#session = session
    // which of several nodes a call goes to is not known here
    this.#server = target.kind === 'embedded' || target.urls.length > 1 ? {} : serverIn(target.urls[0])
  }

  /** The span of one call, which the function that comes back ends. */
  call(request: RpcRequest, trace: unknown): CallSpan {
    const { SpanKind } = this.#api
    const operation = operationIn(request)
    const isQuery = request.method === 'query'
    const attributes = {
      'db.operation.name': operation,
      ...(isQuery && { 'db.query.text': String(request.params[0]) }),
    }
    const context = (trace as Context | undefined) ?? this.#api.context.active()
    return new CallSpan(this.#api, this.#start({ operation, attributes, kind: SpanKind.CLIENT, context }))
  }

  transaction(): TransactionSpan {
    const { context, trace, SpanKind } = this.#api
    const operation = 'transaction'
    const attributes = { 'db.operation.name': operation }
    const span = this.#start({ operation, attributes, kind: SpanKind.INTERNAL, context: context.active() })
    const inside = trace.setSpan(context.active(), span)
    const call = new CallSpan(this.#api, span)
    return {
      trace: inside,
      within: (work) => context.with(inside, work),
      ended: (outcome) => call.ended(outcome),
    }
  }

  #start(what: {
    readonly operation: string
    readonly attributes: Attributes
    readonly kind: number
    readonly context: Context
  }): Span {
    const { namespace, database } = this.#session
    const place = `${namespace}|${database}`
    const attributes = {
      'db.system.name': 'surrealdb',
      'db.namespace': place,
      ...this.#server,
      ...what.attributes,
    }
    return this.#api.trace
      .getTracer('surrealengine')
      .startSpan(`${what.operation} ${place}`, { kind: what.kind, attributes }, what.context)
  }
}

/** The span of one call. */
export class CallSpan {
  readonly #api: OpenTelemetry
  readonly #span: Span

  constructor(api: OpenTelemetry, span: Span) {
    this.#api = api
    this.#span = span
  }

  retrying(attempt: number, error: SurrealEngineError): void {
    this.#span.addEvent('retry', { attempt, 'error.type': error.code })
  }

  ended(outcome: CallOutcome, rows?: number): void {
    if ('error' in outcome) this.#failed(outcome.error)
    else if (rows !== undefined) this.#span.setAttribute('db.response.returned_rows', rows)
    this.#span.end()
  }

  #failed(error: unknown): void {
    const known = error instanceof Error ? error : new TypeError(String(error))
    this.#span.setAttribute('error.type', error instanceof SurrealEngineError ? error.code : known.name)
    this.#span.recordException(known)
    this.#span.setStatus({ code: this.#api.SpanStatusCode.ERROR, message: known.message })
  }
}

/** `SELECT`, `LIVE`; the name of the method where the text begins with no keyword. Never anything of the values. */
function operationIn({ method, params }: RpcRequest): string {
  const [, keyword] = method === 'query' ? (/^\s*([a-z]+)(?=[\s;]|$)/i.exec(String(params[0])) ?? []) : []
  return keyword?.toUpperCase() ?? method
}

function serverIn(url: string): Attributes {
  const { protocol, hostname, port } = new URL(url)
  return { 'server.address': hostname, 'server.port': port === '' ? (PORTS[protocol] ?? 0) : Number(port) }
}
