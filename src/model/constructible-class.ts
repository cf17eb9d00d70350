/** A class as class decorators get it. */
export type AnyClass = abstract new (...values: never[]) => object

/**
 * The class with one thing added: `finish` runs on each new instance when all its initialisers have run. Works under every
 * decorator system and compiler, because it does not depend on how they define properties.
 *
 * Instances are made with the class itself as their target, not with the proxy: the engine keeps no shape of objects for a
 * proxy, and filling an instance that has none takes ten times as long.
 */
export function finishInstances<Class extends AnyClass>(target: Class, finish: (instance: object) => void): Class {
  const finished = new Proxy(target, {
    construct(_, values, newTarget) {
      const instance = Reflect.construct(target, values, newTarget === finished ? target : newTarget) as object
      if (newTarget === finished) finish(instance)
      return instance
    },
  })
  Object.defineProperty(target.prototype, 'constructor', { value: finished, configurable: true, writable: true })
  return finished
}

/** An instance as its class makes it, without given fields and without defaults. */
export function constructBare(target: AnyClass): object {
  return Reflect.construct(target, []) as object
}

/** Every name a prototype chain has, but those of all objects: names that fields cannot have. */
export function memberNames(base: AnyClass): ReadonlySet<string> {
  const names = new Set<string>()
  for (
    let prototype: object = base.prototype as object;
    prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype) as object
  ) {
    for (const name of Object.getOwnPropertyNames(prototype)) names.add(name)
  }
  return names
}
