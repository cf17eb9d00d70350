import type { Work } from '../connection/both-modes.js'
import type { Connection } from '../connection/connection.js'
import { escapeIdentifier } from '../surrealql/escape.js'
import { ask, type Definitions } from './schema-info.js'

/** Who may do something: everybody, nobody, or whoever an expression is true for. */
export type StructurePermission = boolean | string
export type StructurePermissions = Readonly<Record<string, StructurePermission>>

/** A field as INFO takes it apart. Expressions are text. */
export interface FieldStructure {
  readonly name: string
  readonly kind?: string
  readonly flexible?: boolean
  readonly readonly: boolean
  readonly default?: string
  readonly default_always?: boolean
  readonly value?: string
  readonly assert?: string
  readonly computed?: string
  readonly reference?: { readonly on_delete: string }
  readonly comment?: string
  readonly permissions: StructurePermissions
}

export interface IndexStructure {
  readonly name: string
  readonly cols: readonly string[]
  /** What kind, and its parameters: `UNIQUE`, `HNSW DIMENSION 3 …`; empty for a plain one. */
  readonly index: string
  readonly comment?: string
}

export interface EventStructure {
  readonly name: string
  readonly when: string
  readonly then: readonly string[]
  readonly async?: boolean
  readonly retry?: number
  readonly maxdepth?: number
  readonly comment?: string
}

/** What INFO tells of one table. */
export interface TableParts {
  readonly fields: readonly FieldStructure[]
  readonly indexes: readonly IndexStructure[]
  readonly events: readonly EventStructure[]
}

export interface TableStructure {
  readonly name: string
  readonly drop: boolean
  readonly schemafull: boolean
  readonly kind: {
    readonly kind: string
    readonly in?: readonly string[]
    readonly out?: readonly string[]
    readonly enforced?: boolean
  }
  readonly changefeed?: { readonly expiry: unknown; readonly original?: boolean }
  /** With `AS` in front. */
  readonly view?: string
  readonly comment?: string
  readonly permissions: StructurePermissions
}

export interface AnalyzerStructure {
  readonly name: string
  readonly function?: string
  readonly tokenizers?: readonly string[]
  readonly filters?: readonly string[]
  readonly comment?: string
}

export interface FunctionStructure {
  readonly name: string
  readonly args: readonly (readonly [name: string, kind: string])[]
  readonly returns?: string
  readonly block: string
  readonly permissions: StructurePermission
  readonly comment?: string
}

export interface ParameterStructure {
  readonly name: string
  readonly value: string
  readonly permissions: StructurePermission
  readonly comment?: string
}

export interface SequenceStructure {
  readonly name: string
  readonly batch: string
  readonly start: string
  readonly timeout?: unknown
}

/** How tokens are checked, and how those that the database gives are signed. */
export interface TokenStructure {
  readonly verify: { readonly alg?: string; readonly key?: string; readonly url?: string }
  readonly issuer?: { readonly alg: string; readonly key: string }
}

export interface AccessStructure {
  readonly name: string
  readonly kind: {
    readonly kind: string
    readonly signup?: string
    readonly signin?: string
    readonly refresh?: boolean
    readonly subject?: string
    readonly jwt: TokenStructure
  }
  readonly authenticate?: string
  readonly duration: { readonly grant?: unknown; readonly token?: unknown; readonly session?: unknown }
  readonly comment?: string
}

/** What INFO tells of a database, taken apart. */
export interface DatabaseStructure {
  readonly tables: readonly TableStructure[]
  readonly analyzers: readonly AnalyzerStructure[]
  readonly functions: readonly FunctionStructure[]
  readonly params: readonly ParameterStructure[]
  readonly sequences?: readonly SequenceStructure[]
  readonly accesses: readonly AccessStructure[]
}

/** A table as its definitions, and taken apart. */
export interface InspectedTable {
  readonly structure: TableStructure
  readonly parts: TableParts
  readonly definitions: Definitions
}

/** A database as its definitions, and taken apart. */
export interface InspectedDatabase {
  readonly structure: DatabaseStructure
  readonly definitions: Definitions
  readonly tables: readonly InspectedTable[]
}

/** Asks a database for its definitions in both forms: one says what there is, and the other what it is made of. */
export function* readStructure(connection: Connection): Work<InspectedDatabase> {
  const inBothForms = (what: string): string => `INFO FOR ${what};\nINFO FOR ${what} STRUCTURE`
  const [definitions, structure] = (yield* ask(connection, inBothForms('DB'))) as [Definitions, DatabaseStructure]
  const questions = structure.tables.map(({ name }) => inBothForms(`TABLE ${escapeIdentifier(name)}`))
  const answers = questions.length > 0 ? yield* ask(connection, questions.join(';\n')) : []
  const tables = structure.tables.map((table, index) => ({
    structure: table,
    definitions: answers[2 * index] as Definitions,
    parts: answers[2 * index + 1] as TableParts,
  }))
  return { definitions, structure, tables }
}

/** A definition as the database writes it; its name, where no object can have that for a key. */
export function definitionOf(definitions: Definitions, kind: string, name: string): string {
  const named = definitions[kind] ?? {}
  return Object.hasOwn(named, name) ? named[name]! : name
}
