import { LookupError } from '../errors.js'

/** The compiler knows it; whoever writes JavaScript is told. */
export function assertFunction(value: unknown, taker: string): void {
  if (typeof value !== 'function') throw new LookupError('INVALID_VALUE', `${taker} takes a function.`)
}
