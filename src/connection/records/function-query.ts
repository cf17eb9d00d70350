import { LookupError } from '../../errors.js'
import type { CompiledQuery } from '../../surrealql/compiled-query.js'

const NAME = /^[a-z_]\w*(::\w+)*$/i
const VERSION = /^\d+\.\d+\.\d+$/

/** One call of a function: its name becomes text, so it is checked strictly; its arguments are bound. */
export function functionQuery(name: string, args: readonly unknown[] = [], version?: string): CompiledQuery {
  if (typeof name !== 'string' || !NAME.test(name))
    throw invalid("run() takes the name of a function, such as 'fn::greet' or 'math::max', without parentheses.")
  if (!Array.isArray(args)) throw invalid('run() takes the arguments of the function as a list.')
  if (version !== undefined && !(name.startsWith('ml::') && VERSION.test(version)))
    throw invalid("Only models (ml::…) have versions, and these are written as '1.0.0'.")
  const bindings = Object.fromEntries(args.map((value, index) => [`p${index}`, value]))
  const parameters = Object.keys(bindings).map((each) => `$${each}`)
  return { query: `RETURN ${name}${version ? `<${version}>` : ''}(${parameters.join(', ')})`, bindings }
}

function invalid(message: string): LookupError {
  return new LookupError('INVALID_VALUE', message)
}
