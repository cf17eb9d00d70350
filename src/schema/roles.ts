import type { FieldBinding } from '../fields/structure.js'

/** What a field does by itself, because a mixin gave it a task. */
export type Role = 'createdAt' | 'updatedAt' | 'deletedAt' | 'version'

/** The fields with a task. */
export type Roles = Readonly<Partial<Record<Role, FieldBinding>>>

const ROLES = Symbol.for('surrealengine.roles')
type Named = Readonly<Partial<Record<Role, string>>>

/** Gives fields of a class their tasks; classes that extend it inherit them, as static members. */
export function declareRoles(target: object, roles: Named): void {
  const inherited = (target as Record<symbol, Named | undefined>)[ROLES]
  Object.defineProperty(target, ROLES, { value: { ...inherited, ...roles } })
}

/** The fields of a class that have a task. */
export function rolesOf(target: object, binding: (name: string) => FieldBinding | undefined): Roles {
  const named = (target as Record<symbol, Named | undefined>)[ROLES] ?? {}
  return Object.fromEntries(Object.entries(named).map(([role, name]) => [role, binding(name)]))
}
