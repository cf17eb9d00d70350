import { z } from 'zod'
import { durationSchema, type DurationInput } from '../options/duration.js'
import { applySchema, issuesError } from '../options/option-issues.js'

/** What an export holds. Everything is in it unless it is switched off. */
export interface ExportOptions {
  /** The users of the database, with the hashes of their passwords. */
  readonly users?: boolean
  readonly accesses?: boolean
  readonly params?: boolean
  readonly functions?: boolean
  readonly analyzers?: boolean
  readonly sequences?: boolean
  /** All tables, none, or these. */
  readonly tables?: boolean | readonly string[]
  /** The records of the tables. */
  readonly records?: boolean
  /** Every version of each record, on a store that keeps them. Default: `false`. */
  readonly versions?: boolean
  /** Deadline of each piece, not of the whole. Milliseconds, or a duration. Default: the connection's `operationTimeout`. */
  readonly timeout?: DurationInput
}

/** How an import is made. */
export interface ImportOptions {
  /** Deadline of each piece, not of the whole. Milliseconds, or a duration. Default: the connection's `operationTimeout`. */
  readonly timeout?: DurationInput
}

/** Options after the check. */
export interface CheckedExport {
  /** What the database is told; undefined: nothing, so it exports everything. */
  readonly choice: Readonly<Record<string, unknown>> | undefined
  /** Milliseconds. */
  readonly timeout: number | undefined
}

const importShape = { timeout: durationSchema.optional() }

const exportShape = {
  users: z.boolean().optional(),
  accesses: z.boolean().optional(),
  params: z.boolean().optional(),
  functions: z.boolean().optional(),
  analyzers: z.boolean().optional(),
  sequences: z.boolean().optional(),
  tables: z
    .union([z.boolean(), z.array(z.string().min(1))], { error: 'must be true, false or a list of names' })
    .optional(),
  records: z.boolean().optional(),
  versions: z.boolean().optional(),
  ...importShape,
}

/** Checks the options of an export; everything wrong is named in one ConfigurationError. */
export function checkExportOptions(options: ExportOptions = {}): CheckedExport {
  const { timeout, ...parts } = check(z.strictObject(exportShape), options, {
    beginning: 'Nothing can be exported with these options',
    names: Object.keys(exportShape),
  })
  const choice = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined))
  return { choice: Object.keys(choice).length > 0 ? choice : undefined, timeout }
}

/** Checks the options of an import, in the same way. */
export function checkImportOptions(options: ImportOptions = {}): { readonly timeout?: number | undefined } {
  const beginning = 'Nothing can be imported with these options'
  return check(z.strictObject(importShape), options, { beginning, names: Object.keys(importShape) })
}

function check<Output>(
  schema: z.ZodType<Output>,
  options: unknown,
  { beginning, names }: { readonly beginning: string; readonly names: readonly string[] },
): Output {
  const { data, issues } = applySchema(schema, options, { namesAt: (path) => (path === '' ? names : []) })
  if (data === undefined) throw issuesError(beginning, issues)
  return data
}
