import type { DefineAnalyzerStatement } from '../surrealql/nodes/define-statement.js'
import { DefinedObject } from './defined-object.js'
import { invalidDefinition, wholeNumber } from './definition-parts.js'

/** What splits a text into words. */
export type Tokenizer = 'blank' | 'camel' | 'class' | 'punct'

/** What is done with each word. */
export type TokenFilter =
  | 'ascii'
  | 'lowercase'
  | 'uppercase'
  | { readonly snowball: string }
  | { readonly ngram: readonly [min: number, max: number] }
  | { readonly edgengram: readonly [min: number, max: number] }
  | { readonly mapper: string }

/** What an analyzer can be told. */
export interface AnalyzerOptions {
  readonly tokenizers?: readonly Tokenizer[]
  /** In the order they are applied. */
  readonly filters?: readonly TokenFilter[]
  /** A function of the database that is given the text first. */
  readonly function?: { readonly name: string }
  readonly comment?: string
}

/**
 * How a text becomes the words that a full-text index keeps. A model whose index names it defines it along with its table.
 *
 * @example
 * ```ts
 * import { Analyzer, Collection, Document, StringField } from 'surrealengine'
 *
 * const english = new Analyzer('english', { tokenizers: ['class'], filters: ['lowercase', { snowball: 'english' }] })
 *
 * @Collection('analyzer_example', { indexes: [{ fields: ['text'], fulltext: { analyzer: english } }] })
 * class Article extends Document<Article>() {
 *   @StringField() text?: string
 * }
 * ```
 * ```surql
 * DEFINE ANALYZER OVERWRITE `english` TOKENIZERS class FILTERS lowercase, snowball(english)
 * ```
 */
export class Analyzer extends DefinedObject {
  readonly #options: AnalyzerOptions

  constructor(name: string, options: AnalyzerOptions = {}) {
    super(name, 'An analyzer')
    this.#options = options
    this.statement()
  }

  /** @internal */
  statement(): DefineAnalyzerStatement {
    const { tokenizers = [], filters = [], comment } = this.#options
    return {
      kind: 'define-analyzer',
      name: this.name,
      function: this.#options.function?.name,
      tokenizers: tokenizers.map((tokenizer) => this.#word(tokenizer)),
      filters: filters.map((filter) => this.#filter(filter)),
      comment,
    }
  }

  #filter(filter: TokenFilter): readonly [string, ...(string | number)[]] {
    if (typeof filter === 'string') return [this.#word(filter)]
    const [[name, value] = ['', '']] = Object.entries(filter) as [string, string | readonly number[]][]
    if (name === 'mapper') return [name, JSON.stringify(value)]
    if (typeof value === 'string') return [this.#word(name), this.#word(value)]
    const [min = 0, max = 0] = value
    if (min > max)
      throw invalidDefinition(`The analyzer ${this.name} has a ${name} whose minimum is above its maximum.`)
    const sizes = [min, max].map((size) => wholeNumber(size, `${name} of the analyzer ${this.name}`, 1))
    return [this.#word(name), ...sizes]
  }

  /** Tokenizers, filters and languages are keywords, which nothing can quote. */
  #word(word: string): string {
    if (/^\w+$/.test(word)) return word
    throw invalidDefinition(`The analyzer ${this.name} names a tokenizer, filter or language that is no word.`)
  }
}
