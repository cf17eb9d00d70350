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
      parts.push((part as { readonly id?: unknown }).id, Object.getPrototypeOf(part))
      if (part instanceof Set) parts.push(...part)
      else if (!ArrayBuffer.isView(part))
        for (const key of Object.keys(part)) parts.push(part[key as keyof typeof part])
    }
    return true
  } catch {
    return false
  }
}
