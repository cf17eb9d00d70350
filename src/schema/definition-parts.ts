import { ModelDefinitionError } from '../errors.js'
import type { Permission, Permissions } from '../surrealql/nodes/define-statement.js'
import { Duration } from '../values.js'

/** The definition of a model's table cannot work. */
export function invalidModel(message: string): ModelDefinitionError {
  return new ModelDefinitionError('INVALID_MODEL', message)
}

/** The definition of something else cannot work. */
export function invalidDefinition(message: string): ModelDefinitionError {
  return new ModelDefinitionError('INVALID_DEFINITION', message)
}

/** A name that the database can have. */
export function checkedName(name: unknown, what: string): string {
  if (typeof name === 'string' && name !== '' && !name.includes('\0') && !/\p{Cs}/u.test(name)) return name
  throw invalidDefinition(`${what} needs a name: text that is not empty and has no zero character.`)
}

/** A duration as SurrealQL text. */
export function durationText(duration: string | Duration, where: string): string {
  try {
    return (typeof duration === 'string' ? new Duration(duration) : duration).toString()
  } catch (cause) {
    throw new ModelDefinitionError('INVALID_DEFINITION', `${where} is a duration, such as '3d' or '1h30m'.`, { cause })
  }
}

/** A whole number within limits. */
export function wholeNumber(value: number, where: string, minimum: number): number {
  if (Number.isSafeInteger(value) && value >= minimum) return value
  throw invalidDefinition(`${where} is a whole number from ${minimum} on.`)
}

/** Who may do what, each action said. */
export function permissionsOf<Action extends string>(
  given: 'full' | 'none' | { readonly [Name in Action]?: Permission } | undefined,
  actions: readonly Action[],
  unsaid: boolean,
): Permissions | undefined {
  if (given === undefined) return undefined
  if (typeof given === 'string') return actions.map((action) => [action, given === 'full'])
  return actions.map((action) => [action, given[action] ?? unsaid])
}
