import type { CompiledQuery } from '../compiled-query.js'

/** Stands in a path for every element of a list. */
export const EACH_ELEMENT = Symbol('each element')

/** A key, or every element. */
export type PathStep = string | typeof EACH_ELEMENT

/** Allowed to everybody, to nobody, or to whoever an expression is true for. */
export type Permission = boolean | CompiledQuery

/** Actions with who may do them, each action named. */
export type Permissions = readonly (readonly [action: string, permission: Permission])[]

/** What every definition says. */
interface Definition {
  /** One that is there stays as it is; otherwise it is replaced. */
  readonly keep?: boolean | undefined
  readonly comment?: string | undefined
}

/** The records at both ends of a relation's records; no table named means any. */
export interface RelationEnds {
  readonly in: readonly string[]
  readonly out: readonly string[]
  /** Both records have to exist. */
  readonly enforced: boolean
}

/** How long changes can be looked up. */
export interface Changefeed {
  readonly expiry: string
  readonly includeOriginal: boolean
}

/** DEFINE TABLE. */
export interface DefineTableStatement extends Definition {
  readonly kind: 'define-table'
  readonly table: string
  readonly schema: 'full' | 'less'
  /** What its records are. Default: normal ones. */
  readonly type?: 'normal' | 'any' | RelationEnds | undefined
  readonly drop?: boolean | undefined
  readonly changefeed?: Changefeed | undefined
  /** The SELECT whose result it is. */
  readonly view?: CompiledQuery | undefined
  readonly permissions?: Permissions | undefined
}

/** REMOVE TABLE, where there is one. */
export interface RemoveTableStatement {
  readonly kind: 'remove-table'
  readonly table: string
}

/** DEFINE FIELD. */
export interface DefineFieldStatement extends Definition {
  readonly kind: 'define-field'
  readonly table: string
  readonly path: readonly PathStep[]
  /** A SurrealQL type; empty where the database is told none. */
  readonly type: string
  readonly flexible?: boolean | undefined
  /** A word, or statements. */
  readonly onDelete?: 'reject' | 'cascade' | 'ignore' | 'unset' | CompiledQuery | undefined
  readonly default?: CompiledQuery | undefined
  /** The sequence that gives the default. */
  readonly sequence?: string | undefined
  /** The value of an update that gives none, too. */
  readonly defaultAlways?: CompiledQuery | undefined
  readonly readonly?: boolean | undefined
  readonly value?: CompiledQuery | undefined
  readonly assert?: CompiledQuery | undefined
  readonly computed?: CompiledQuery | undefined
  readonly permissions?: Permissions | undefined
}

/** One parameter of an index: `EFC 150`; a parameter that is true is its name alone. */
export type IndexParameter = readonly [name: string, value: number | string | true]

/** What an index is for. */
export type IndexKind =
  | { readonly kind: 'plain' | 'unique' }
  | { readonly kind: 'count'; readonly where: CompiledQuery | undefined }
  | {
      readonly kind: 'fulltext'
      readonly analyzer: string
      /** `k1` and `b`; none for the server's own. */
      readonly bm25: readonly [number, number] | boolean
      readonly highlights: boolean
    }
  | { readonly kind: 'HNSW' | 'DISKANN'; readonly parameters: readonly IndexParameter[] }

/** DEFINE INDEX. */
export interface DefineIndexStatement extends Definition {
  readonly kind: 'define-index'
  readonly table: string
  readonly name: string
  readonly fields: readonly (readonly PathStep[])[]
  readonly index: IndexKind
  readonly concurrently?: boolean | undefined
}

/** DEFINE EVENT. */
export interface DefineEventStatement extends Definition {
  readonly kind: 'define-event'
  readonly table: string
  readonly name: string
  readonly when: CompiledQuery | undefined
  /** Statements, or a list of expressions. */
  readonly then: CompiledQuery | readonly CompiledQuery[]
  /** It runs after the write, which does not wait for it. */
  readonly asynchronous: { readonly retry: number | undefined; readonly maxDepth: number | undefined } | undefined
}

/** DEFINE ANALYZER. */
export interface DefineAnalyzerStatement extends Definition {
  readonly kind: 'define-analyzer'
  readonly name: string
  /** A function of the database that is given the text first, without `fn::`. */
  readonly function: string | undefined
  readonly tokenizers: readonly string[]
  /** A name, and what is in its parentheses. */
  readonly filters: readonly (readonly [name: string, ...parameters: readonly (string | number)[]])[]
}

/** DEFINE FUNCTION. */
export interface DefineFunctionStatement extends Definition {
  readonly kind: 'define-function'
  /** Without `fn::`. */
  readonly name: string
  readonly arguments: readonly { readonly name: string; readonly type: string }[]
  readonly returns: string | undefined
  readonly body: CompiledQuery
  readonly permission: Permission | undefined
}

/** DEFINE PARAM. */
export interface DefineParameterStatement extends Definition {
  readonly kind: 'define-parameter'
  /** Without `$`. */
  readonly name: string
  readonly value: CompiledQuery
  readonly permission: Permission | undefined
}

/** DEFINE SEQUENCE. */
export interface DefineSequenceStatement extends Definition {
  readonly kind: 'define-sequence'
  readonly name: string
  readonly batch: number | undefined
  readonly start: number | undefined
  readonly timeout: string | undefined
}

/** How tokens are checked: by a key, or by the keys behind an address. */
export interface TokenVerification {
  readonly algorithm: string | undefined
  readonly key: string | undefined
  readonly issuerKey: string | undefined
  readonly url: string | undefined
}

/** Who an access lets in. */
export type AccessKind =
  | {
      readonly kind: 'record'
      readonly signUp: CompiledQuery | undefined
      readonly signIn: CompiledQuery | undefined
      readonly token: TokenVerification | undefined
      readonly refresh: boolean
    }
  | { readonly kind: 'jwt'; readonly token: TokenVerification }
  | { readonly kind: 'bearer'; readonly for: 'user' | 'record' }

/** DEFINE ACCESS. */
export interface DefineAccessStatement extends Definition {
  readonly kind: 'define-access'
  readonly name: string
  readonly on: 'database' | 'namespace'
  readonly access: AccessKind
  readonly authenticate: CompiledQuery | undefined
  /** By what lasts that long: `grant`, `token`, `session`; null is for ever. */
  readonly durations: readonly (readonly [what: string, duration: string | null])[]
}

/** Everything that belongs to the database rather than to a table. */
export type DefineObjectStatement =
  | DefineFunctionStatement
  | DefineParameterStatement
  | DefineAnalyzerStatement
  | DefineSequenceStatement
  | DefineAccessStatement

/** Every DEFINE. */
export type DefineStatement =
  | DefineTableStatement
  | RemoveTableStatement
  | DefineFieldStatement
  | DefineIndexStatement
  | DefineEventStatement
  | DefineObjectStatement

/** A call of a function of the database. */
export interface CallFunctionStatement {
  readonly kind: 'call-function'
  /** Without `fn::`. */
  readonly name: string
  readonly arguments: readonly unknown[]
}
