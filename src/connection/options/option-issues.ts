import type { z } from 'zod'
import { ConfigurationError, type CodeOf } from '../../errors.js'
import { nearestName } from './nearest-name.js'

/** One thing wrong with what was given: where, and what. It never holds the value, which may be a password. */
export interface OptionIssue {
  /** `pool.max`, `url[1]`; empty for the whole. */
  readonly path: string
  readonly message: string
  /** Default: `INVALID_OPTION`. */
  readonly code?: CodeOf<'ConfigurationError'>
}

/** What a schema made of a value, or everything that is wrong with it. */
export type SchemaResult<Output> =
  | { readonly data: Output; readonly issues: readonly [] }
  | { readonly data?: undefined; readonly issues: readonly OptionIssue[] }

/** What may stand at a path; unknown names are compared with these. */
export type NamesAt = (path: string) => readonly string[]

/** Checks a value. `at` is the path of the value itself. */
export function applySchema<Output>(
  schema: z.ZodType<Output>,
  value: unknown,
  place: { readonly at?: string; readonly namesAt: NamesAt },
): SchemaResult<Output> {
  const { data, error } = schema.safeParse(value, { error: describe })
  if (!error) return { data, issues: [] }
  const { at = '', namesAt } = place
  return {
    issues: error.issues.flatMap((issue) => {
      const path = joinPath(at, ...issue.path)
      if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }]
      return issue.keys.map((key) => ({
        path: joinPath(path, key),
        message: unknownName(key, namesAt(issue.path.join('.'))),
      }))
    }),
  }
}

/** What is said of a name that is no option. */
export function unknownName(name: string, known: readonly string[]): string {
  if (known.includes(name)) return 'does not go with the others'
  const nearest = nearestName(name, known)
  return `is no option${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`
}

/** The one error for all issues. */
export function issuesError(beginning: string, issues: readonly OptionIssue[]): ConfigurationError {
  const lines = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
  const code = issues.find((issue) => issue.code !== undefined)?.code ?? 'INVALID_OPTION'
  return new ConfigurationError(code, `${beginning}: ${lines.join('; ')}.`.replace(/\?\.$/, '?'))
}

function joinPath(...steps: readonly PropertyKey[]): string {
  return steps
    .map(String)
    .filter((step) => step !== '')
    .join('.')
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'must be a string',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  object: 'must be an object',
  record: 'must be an object',
}

/** zod's own words speak of types a user did not write, and some of them repeat the value. */
function describe(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined ? 'is missing' : (TYPES[issue.expected] ?? 'is of the wrong type')
  }
  if (issue.code === 'too_small')
    return issue.origin === 'string' ? 'must not be empty' : `must be at least ${issue.minimum}`
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`
  return 'is not valid'
}
