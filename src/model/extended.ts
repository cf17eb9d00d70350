import type { AnyClass } from './constructible-class.js'

/** A class of its own between a model's base and the model, for a mixin to add to. */
export function extended(base: AnyClass): new (...values: never[]) => object {
  const parent = base as new (...values: never[]) => object
  return class extends parent {}
}
