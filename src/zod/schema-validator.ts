import { z } from 'zod'
import type { Validator, Verdict } from '../fields/field-options.js'
import { definitionOf, type Schema } from './schema-definition.js'

const HOLDERS: ReadonlySet<string> = new Set(['object', 'array', 'set', 'record', 'tuple', 'union', 'intersection'])

/** What a schema says of a value, as validators; of one that holds others, only what it says of the whole. */
export function validatorsOf(schema: Schema): readonly Validator<unknown>[] {
  return isHolder(schema) ? checksOf(schema) : [validatorOf(schema)]
}

/** Whether values of a schema have parts that are checked by fields of their own. */
export function isHolder(schema: Schema): boolean {
  return HOLDERS.has(definitionOf(schema).type)
}

/** What was added to a schema, such as limits and refinements, as validators. */
export function checksOf(schema: Schema): readonly Validator<unknown>[] {
  const whole = wholeOf(schema)
  return whole ? [validatorOf(whole)] : []
}

/** What was added to a schema, as one of values of any kind; undefined where nothing was. */
export function wholeOf(schema: Schema): Schema | undefined {
  const { checks = [] } = definitionOf(schema)
  return checks.length === 0 ? undefined : z.any().check(...(checks as readonly z.core.$ZodCheck<unknown>[]))
}

/** A schema as a validator; refinements that wait make it wait. */
function validatorOf(schema: Schema): Validator<unknown> {
  return (value) => mapIssues(schema, value, verdictOf)
}

/** What a schema has against a value, as `give` puts it; a promise of it when the schema has something to wait for. */
export function mapIssues<Result>(
  schema: Schema,
  value: unknown,
  give: (issues: readonly z.core.$ZodIssue[]) => Result,
): Result | Promise<Result> {
  const settle = ({ error }: z.core.util.SafeParseResult<unknown>): Result => give(error?.issues ?? [])
  let result: z.core.util.SafeParseResult<unknown>
  try {
    result = z.core.safeParse(schema, value)
  } catch (error) {
    if (!(error instanceof z.core.$ZodAsyncError)) throw error
    return z.core.safeParseAsync(schema, value).then(settle)
  }
  return settle(result)
}

function verdictOf(issues: readonly z.core.$ZodIssue[]): Verdict {
  if (issues.length === 0) return undefined
  return issues
    .map(({ path, message }) => (path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message))
    .join('; ')
}
