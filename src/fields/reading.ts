import { isObject } from '../values.js'

/**
 * What `go` makes of a value; `otherwise` where the value itself keeps it from being read, as a getter does that throws. Other
 * errors go on.
 */
export function reading<Result>(value: unknown, go: () => Result, otherwise: () => Result): Result {
  try {
    return go()
  } catch (error) {
    if (isReadable(value)) throw error
    return otherwise()
  }
}

/** Looks at all of a value as the fields do. */
function isReadable(value: unknown): boolean {
  const seen = new Set<unknown>()
  const parts = [value]
  try {
    while (parts.length > 0) {
      const part = parts.pop()
      if (!isObject(part) || seen.has(part)) continue
      seen.add(part)
      for (const inner of partsOf(part)) parts.push(inner)
    }
    return true
  } catch {
    return false
  }
}

function partsOf(value: object): readonly unknown[] {
  const own = [(value as { readonly id?: unknown }).id, Object.getPrototypeOf(value) as unknown]
  if (ArrayBuffer.isView(value)) return own
  return own.concat(value instanceof Set ? [...(value as Set<unknown>)] : Object.values(value))
}
