import { z } from 'zod'

/** A schema of zod, or of zod mini. */
export type Schema = z.core.$ZodType

/** What zod notes of a schema; each kind has some of it. */
export interface SchemaDefinition {
  readonly type: string
  readonly format?: string
  readonly checks?: readonly z.core.$ZodCheck[]
  readonly innerType?: Schema
  readonly element?: Schema
  readonly keyType?: Schema
  readonly valueType?: Schema
  readonly shape?: Readonly<Record<string, Schema>>
  readonly catchall?: Schema
  readonly items?: readonly Schema[]
  readonly rest?: Schema | null
  readonly options?: readonly Schema[]
  readonly left?: Schema
  readonly right?: Schema
  readonly in?: Schema
  readonly out?: Schema
  readonly transform?: unknown
  readonly values?: readonly unknown[]
  readonly defaultValue?: unknown
  readonly protocol?: RegExp
}

export function definitionOf(schema: Schema): SchemaDefinition {
  return schema._zod.def
}

/** The format of a text or a number, however it was asked for: `z.email()`, `z.string().email()`. */
export function formatOf(schema: Schema): string | undefined {
  return definitionOf(schema).format ?? (schema._zod.bag['format'] as string | undefined)
}

/** What `describe()` and `meta()` say. */
export function descriptionOf(schema: Schema): string | undefined {
  return z.globalRegistry.get(schema)?.description
}
