import { Decimal } from '../../values.js'

const DECIMAL_TEXT = /^[+-]?(\d+(\.\d*)?|\.\d+)$/
const LARGEST_DIGITS = 2n ** 96n - 1n
const LARGEST_SCALE = 28

/** The decimal that a text says; undefined when it says none. The driver's own way reads any text, as 0. */
export function toDecimal(text: string): Decimal | undefined {
  return DECIMAL_TEXT.test(text) ? new Decimal(text) : undefined
}

/** Whether the database keeps a decimal as it is: it has 96 bits for the digits, 28 of which may stand behind the point. */
export function fitsDecimal(value: unknown): value is Decimal {
  if (!(value instanceof Decimal)) return false
  const [whole = '', behind = ''] = value.abs().toString().split('.')
  const fraction = behind.replace(/0+$/, '')
  return fraction.length <= LARGEST_SCALE && BigInt(whole + fraction) <= LARGEST_DIGITS
}

export const TOO_MANY_DIGITS = 'has more digits than the database keeps, which is 28; round it'
