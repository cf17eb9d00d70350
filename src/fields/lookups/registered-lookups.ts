import type { Transform } from './filter-step.js'
import type { Lookup } from './lookups.js'

interface Registered {
  readonly lookups: Map<string, Lookup>
  readonly transforms: Map<string, Transform<unknown>>
}

/** By the prototype of a class of fields. */
const registered = new WeakMap<object, Registered>()

let count = 0

/** How often something was registered so far: each time, names of filters may come to mean something else. */
export function registrationCount(): number {
  return count
}

/** What was registered for the class of a field itself, to be added to. */
export function registeredFor(field: object): Registered {
  count++
  const kind = Object.getPrototypeOf(field) as object
  const found = registered.get(kind) ?? { lookups: new Map(), transforms: new Map() }
  registered.set(kind, found)
  return found
}

/** The lookup that was registered for the class of a field, or for one that it extends. */
export function registeredLookup(field: object, name: string): Lookup | undefined {
  return everyRegistered(field)
    .map(({ lookups }) => lookups.get(name))
    .find(Boolean)
}

/** The transform that was registered for the class of a field, or for one that it extends. */
export function registeredTransform<Field extends object>(field: Field, name: string): Transform<Field> | undefined {
  const found = everyRegistered(field)
    .map(({ transforms }) => transforms.get(name))
    .find(Boolean)
  return found as Transform<Field> | undefined
}

/** The names of all lookups and transforms that were registered for the class of a field. */
export function registeredNames(field: object): readonly string[] {
  return everyRegistered(field).flatMap(({ lookups, transforms }) => [...lookups.keys(), ...transforms.keys()])
}

function everyRegistered(field: object): readonly Registered[] {
  const found: Registered[] = []
  let kind = Object.getPrototypeOf(field) as object | null
  while (kind) {
    const each = registered.get(kind)
    if (each) found.push(each)
    kind = Object.getPrototypeOf(kind) as object | null
  }
  return found
}
