import 'reflect-metadata'
import { ModelDefinitionError } from '../errors.js'

const MEMBERS = Symbol.for('surrealengine.members')

/** Names of members by what their decorators say of them, in the order they were declared, inherited ones first. */
type Declared = Readonly<Partial<Record<string, readonly string[]>>>

/** A decorator that notes a member of the instances under a word. */
export interface MemberDecorator {
  /** The decorator as the user writes it: `@BeforeSave`. */
  readonly decorator: string
  readonly word: string
  /** What it belongs on, for the error. */
  readonly belongs: string
}

/** Notes the member a decorator stands on, for legacy and for standard decorators. */
export function declareMember(member: MemberDecorator, target: unknown, context: unknown): void {
  if (typeof context === 'object' && context !== null) {
    const { metadata, name, static: isStatic, private: isPrivate } = context as StandardContext
    if (typeof name !== 'string' || isStatic || isPrivate) throw misplaced(member, name)
    metadata[MEMBERS] = withMember(metadata[MEMBERS], member.word, name)
  } else {
    if (typeof target !== 'object' || typeof context !== 'string') throw misplaced(member, context)
    // on the prototype, which is what a subclass inherits from whatever its parent's decorator made of the class
    const prototype = target as object
    const declared = Reflect.getMetadata(MEMBERS, prototype) as Declared | undefined
    Reflect.defineMetadata(MEMBERS, withMember(declared, member.word, context), prototype)
  }
}

interface StandardContext {
  readonly metadata: Record<symbol, Declared>
  readonly name: string | symbol
  readonly static?: boolean
  readonly private?: boolean
}

function misplaced({ decorator, belongs }: MemberDecorator, name: unknown): ModelDefinitionError {
  return new ModelDefinitionError(
    'INVALID_MODEL',
    `${decorator} stands on ${String(name)}; it belongs on a public ${belongs} of the instances.`,
  )
}

function withMember(declared: Declared | undefined, word: string, name: string): Declared {
  const names = declared?.[word] ?? []
  return { ...declared, [word]: names.includes(name) ? names : [...names, name] }
}

/** The members of a class that were noted under a word. */
export function declaredMembers(
  word: string,
  target: { readonly prototype: object },
  context?: { readonly metadata?: object },
): readonly string[] {
  const standard = (context?.metadata as Record<symbol, Declared> | undefined)?.[MEMBERS]
  const declared = standard ?? (Reflect.getMetadata(MEMBERS, target.prototype) as Declared | undefined)
  return declared?.[word] ?? []
}
