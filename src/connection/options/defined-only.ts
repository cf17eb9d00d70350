/** An object without the keys that hold `undefined`: an option that is undefined is not given. */
export function definedOnly(given: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}
