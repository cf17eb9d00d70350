type Values = Record<string, unknown>

/** Adds a key that has a value; the database stores none that has not. `__proto__`, which is no key like others, is left out. */
export function addKey(target: Values, key: string, value: unknown): void {
  if (value !== undefined && key !== '__proto__') target[key] = value
}
