import { isObject, isPlainObject } from '../../values.js'

/** What the driver makes of the values that CBOR has no form of: a number that says what it is, and a value. */
interface Tagged {
  readonly tag: number
  readonly value: unknown
}

/** The kinds of CBOR, as the three highest bits of a first byte. */
const WHOLE = 0 << 5
const NEGATIVE = 1 << 5
const TEXT = 3 << 5
const LIST = 4 << 5
const MAP = 5 << 5
const TAG = 6 << 5
const FALSE = 0xf4
const TRUE = 0xf5
const NULL = 0xf6
const DOUBLE = 0xfb

/** Texts up to here are copied letter by letter, which is faster than to ask for it. */
const SHORT = 64

/** How the driver treats a value. */
interface DriverForm {
  /** The class of what is {@link Tagged}, which the driver does not export. */
  readonly tagged: unknown
  /** The value, or what stands for it. */
  replace(value: unknown): unknown
  /** All of it as the driver writes it. */
  encode(value: unknown): Uint8Array
}

/**
 * Writes what the driver's encoder writes, byte for byte, in a third of the time. Plain values are written here; whatever is
 * anything else is left to the driver.
 */
export class CborWriter {
  readonly #driver: DriverForm
  #bytes = Buffer.from(new ArrayBuffer(512))
  #end = 0

  constructor(driver: DriverForm) {
    this.#driver = driver
  }

  /** What was written; in a memory of its own, as it is given away to another thread. */
  finish(): Uint8Array {
    return new Uint8Array(this.#bytes.buffer, 0, this.#end)
  }

  write(value: unknown): void {
    switch (typeof value) {
      case 'string':
        return this.#text(value)
      case 'number':
        return this.#number(value)
      case 'boolean':
        return this.#byte(value ? TRUE : FALSE)
      default:
        if (value === null) this.#byte(NULL)
        else if (Array.isArray(value)) this.#list(value)
        else if (isPlainObject(value)) this.#map(value)
        else this.#other(value)
    }
  }

  #list(list: readonly unknown[]): void {
    this.#head(LIST, list.length)
    for (const item of list) this.write(item)
  }

  #map(map: Readonly<Record<string, unknown>>): void {
    const keys = Object.keys(map)
    this.#head(MAP, keys.length)
    for (const key of keys) {
      this.#text(key)
      this.write(map[key])
    }
  }

  #other(value: unknown): void {
    const form = this.#driver.replace(value)
    if (!this.#isTagged(form)) return this.#copy(this.#driver.encode(value))
    this.#head(TAG, form.tag)
    this.write(form.value)
  }

  #isTagged(form: unknown): form is Tagged {
    return isObject(form) && form.constructor === this.#driver.tagged
  }

  #number(value: number): void {
    // those beyond are none that the driver writes
    if (Number.isInteger(value) && Math.abs(value) > 2 ** 53) return this.#copy(this.#driver.encode(value))
    if (Number.isInteger(value)) return value >= 0 ? this.#head(WHOLE, value) : this.#head(NEGATIVE, -(value + 1))
    this.#byte(DOUBLE)
    this.#end = this.#room(8).writeDoubleBE(value, this.#end)
  }

  #text(text: string): void {
    if (text.length <= SHORT && this.#plainText(text)) return
    const length = Buffer.byteLength(text)
    this.#head(TEXT, length)
    this.#end += this.#room(length).write(text, this.#end)
  }

  /** A text of ASCII letters alone; false, and nothing is written, where it has others. */
  #plainText(text: string): boolean {
    const begin = this.#end
    this.#head(TEXT, text.length)
    const bytes = this.#room(text.length)
    for (let index = 0; index < text.length; index++) {
      const letter = text.charCodeAt(index)
      if (letter > 0x7f) {
        this.#end = begin
        return false
      }
      bytes[this.#end + index] = letter
    }
    this.#end += text.length
    return true
  }

  #copy(written: Uint8Array): void {
    this.#room(written.length).set(written, this.#end)
    this.#end += written.length
  }

  #byte(byte: number): void {
    this.#room(1)[this.#end] = byte
    this.#end += 1
  }

  /** A first byte, with the number that belongs to it in the fewest bytes. */
  #head(kind: number, count: number): void {
    const bytes = this.#room(9)
    if (count < 24) bytes[this.#end++] = kind + count
    else if (count < 2 ** 8) this.#end = bytes.writeUInt8(count, bytes.writeUInt8(kind + 24, this.#end))
    else if (count < 2 ** 16) this.#end = bytes.writeUInt16BE(count, bytes.writeUInt8(kind + 25, this.#end))
    else if (count < 2 ** 32) this.#end = bytes.writeUInt32BE(count, bytes.writeUInt8(kind + 26, this.#end))
    else this.#end = bytes.writeBigUInt64BE(BigInt(count), bytes.writeUInt8(kind + 27, this.#end))
  }

  /** The memory, with so many bytes free behind the end. */
  #room(count: number): Buffer {
    if (this.#end + count > this.#bytes.length) {
      const larger = Buffer.from(new ArrayBuffer(Math.max(2 * this.#bytes.length, this.#end + count)))
      larger.set(this.#bytes.subarray(0, this.#end))
      this.#bytes = larger
    }
    return this.#bytes
  }
}
