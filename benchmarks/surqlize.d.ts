/** As much of surqlize as is measured. The declarations of 0.1.0 are no TypeScript: one type in them is called `infer`. */
import type { RecordId, Surreal } from 'surrealdb'

/** A value of a record in a condition. */
interface Value {
  gte(value: number): Value
  eq(value: string): Value
  contains(value: string): Value
  lowercase(): Value
  and(other: Value): Value
}

interface PersonValues {
  readonly name: Value
  readonly age: Value
  readonly address: { readonly city: Value }
}

interface Select extends PromiseLike<readonly unknown[]> {
  where(ask: (person: PersonValues) => Value): this
  orderBy(name: string, direction: 'ASC' | 'DESC'): this
  limit(limit: number): this
  fetch(name: string): this
  [__display](context: unknown): string
}

interface Orm {
  select(from: string | RecordId): Select
  create(table: string): { content(row: object): PromiseLike<unknown> }
  insert(table: string, rows: readonly object[]): PromiseLike<unknown>
  update(table: string, key: number): { merge(fields: object): PromiseLike<unknown> }
}

interface Type {
  readonly type: string
}

export declare const __display: unique symbol
export declare function displayContext(): { readonly variables: Readonly<Record<string, unknown>> }
export declare function orm(driver: Surreal, ...tables: readonly Type[]): Orm
export declare function table(name: string, fields: Readonly<Record<string, Type>>): Type
export declare const t: {
  string(): Type
  number(): Type
  bool(): Type
  date(): Type
  array(item: Type): Type
  object(fields: Readonly<Record<string, Type>>): Type
  record(table: string): Type
}
