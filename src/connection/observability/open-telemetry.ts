import { createRequire } from 'node:module'
import { ConfigurationError } from '../../errors.js'
import { packageLocations } from '../bridge/package-locations.js'

/**
 * `@opentelemetry/api`, as far as it is used here. It is loaded only where the option says so, and has no types of its own
 * here, so that nobody else needs to have it installed.
 */
export interface OpenTelemetry {
  readonly trace: {
    getTracer(name: string): Tracer
    setSpan(context: Context, span: Span): Context
  }
  readonly context: {
    active(): Context
    with<Result>(context: Context, work: () => Result): Result
  }
  readonly SpanKind: { readonly INTERNAL: number; readonly CLIENT: number }
  readonly SpanStatusCode: { readonly ERROR: number }
}

/** What a span hangs on. */
export type Context = object

export interface Tracer {
  startSpan(name: string, options: { readonly kind: number; readonly attributes: Attributes }, context: Context): Span
}

export interface Span {
  setAttribute(name: string, value: string | number): unknown
  setStatus(status: { readonly code: number; readonly message: string }): unknown
  addEvent(name: string, attributes: Attributes): unknown
  recordException(error: Error): void
  end(): void
}

export type Attributes = Readonly<Record<string, string | number>>

const PACKAGE = '@opentelemetry/api'

/** The copy that is installed beside this package, or else beside the program. */
export function loadOpenTelemetry(locations: readonly string[] = packageLocations()): OpenTelemetry {
  for (const location of locations) {
    try {
      return createRequire(location)(PACKAGE) as OpenTelemetry
    } catch {
      // the next place may have it
    }
  }
  throw new ConfigurationError(
    'INVALID_OPTION',
    `The connection cannot be made from these options: openTelemetry: needs the package ${PACKAGE}; run "npm install ${PACKAGE}", or leave the option out.`,
  )
}
