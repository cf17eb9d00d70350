import 'reflect-metadata'
import type { Settings } from './compilers.js'

let system = 'none'
const notice = (_target: unknown, context: unknown): void => {
  system = typeof context
}

class Parent {
  declare probe?: number
  constructor() {
    Object.defineProperty(this, 'probe', { set: () => undefined, configurable: true })
  }
}

class Child extends Parent {
  @notice override probe = 1
  @notice text?: string
}

/** The settings that compiled this very file, told by what became of it. */
export function settingsInEffect(): Settings {
  return {
    experimentalDecorators: system === 'string',
    emitDecoratorMetadata: Reflect.getMetadata('design:type', Child.prototype, 'text') === String,
    useDefineForClassFields: Object.getOwnPropertyDescriptor(new Child(), 'probe')?.set === undefined,
  }
}
