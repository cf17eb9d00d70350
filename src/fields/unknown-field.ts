import { z } from 'zod'
import { isPlainObject } from '../values.js'
import { Field, type Change } from './field.js'
import type { Findings, ValuePath } from './findings.js'
import { orderLookups, type LookupTable } from './lookups.js'
import { isSameValue } from './same-value.js'
import type { FieldBinding } from './structure.js'

const MOST_LEVELS = 100

/** A key that is no field, in a document that keeps such keys. Anything the database can store is its value. */
class UnknownKind extends Field<unknown> {
  readonly kind = 'unknown'

  accepts(value: unknown): boolean {
    return whatIsWrong(value, 0) === undefined
  }

  protected buildSchema(): z.ZodType {
    return z.unknown()
  }

  protected override validateValue(value: unknown, path: ValuePath, findings: Findings): void {
    const problem = whatIsWrong(value, 0)
    if (problem) findings.add(path, 'invalid_type', problem)
  }

  databaseType(): string {
    return 'any'
  }

  protected override valueToDatabase(value: unknown): unknown {
    return copied(value, 0)
  }

  protected override valueFromDatabase(stored: unknown): unknown {
    return copied(stored, 0)
  }

  override isUnchanged(value: unknown, stored: unknown): boolean {
    return isSameValue(value, stored)
  }

  /** Of an object, the keys that differ, so that what other writers put beside them stays. */
  override collectChanges(
    value: unknown,
    stored: unknown,
    { path, changes }: { readonly path: readonly string[]; readonly changes: Change[] },
  ): void {
    if (isSameValue(value, stored)) return
    if (!isPlainObject(value) || !isPlainObject(stored)) changes.push({ path, value: this.toDatabase(value) })
    else {
      for (const key of new Set([...Object.keys(stored), ...Object.keys(value)]))
        this.collectChanges(value[key], stored[key], { path: [...path, key], changes })
    }
  }

  override get lookups(): LookupTable {
    return orderLookups
  }

  override fieldAt(name: string): FieldBinding | undefined {
    return Object.hasOwn(this.lookups, name) ? undefined : { name, column: name, field: this }
  }
}

const unknown = new UnknownKind()

/** The key as a field; undefined where it is the name of something else. */
export function unknownBinding(name: string, isTaken: (name: string) => boolean): FieldBinding | undefined {
  const isUsable = name !== '' && !name.includes('\0') && !(name in Object.prototype) && !isTaken(name)
  return isUsable ? { name, column: name, field: unknown } : undefined
}

/** Whether a binding was made by {@link unknownBinding}. */
export function isUnknown({ field }: FieldBinding): boolean {
  return field === unknown
}

function whatIsWrong(value: unknown, level: number): string | undefined {
  if (typeof value === 'function' || typeof value === 'symbol') return `is a ${typeof value}, which cannot be stored`
  if (level > MOST_LEVELS) return `is nested deeper than ${MOST_LEVELS} levels, or holds itself`
  const parts = Array.isArray(value) ? value : isPlainObject(value) ? Object.values(value) : []
  for (const part of parts as readonly unknown[]) {
    const problem = whatIsWrong(part, level + 1)
    if (problem) return problem
  }
  return undefined
}

/** Lists and objects as copies, which the document may change in place; what is too deep is left to the checks. */
function copied(value: unknown, level: number): unknown {
  if (level > MOST_LEVELS) return undefined
  if (Array.isArray(value)) return value.map((part) => copied(part, level + 1))
  if (!isPlainObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .map(([key, part]) => [key, copied(part, level + 1)]),
  )
}
