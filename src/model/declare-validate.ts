import { Validate, type ValidationVerdict } from '../schema/validate.js'

type Check = (document: object) => ValidationVerdict | PromiseLike<ValidationVerdict>

/** Adds a check of whole documents to a class without decorators; a class that extends it has it under every decorator system. */
export function declareValidate(target: { readonly prototype: object }, check: Check): void {
  const name = freeName(target.prototype)
  const value = function (this: object): ReturnType<Check> {
    return check(this)
  }
  const method = { value, configurable: true }
  Object.defineProperty(target.prototype, name, method)
  const metadata = (target as unknown as Record<symbol, object>)[(Symbol as { metadata: symbol }).metadata]
  const context = { kind: 'method', name, static: false, private: false, metadata }
  Validate()(value as never, context as never)
  Validate()(target.prototype as never, name, method as never)
}

/** A class may be made from several zod objects, one after the other. */
function freeName(prototype: object): string {
  let name = 'fromZod()'
  while (name in prototype) name += '()'
  return name
}
