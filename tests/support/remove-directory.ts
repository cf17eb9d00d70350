import { rmSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

/** The engine goes on tidying up its files for a moment after close(), so a directory may fill again while it is removed. */
export async function removeDirectory(directory: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return rmSync(directory, { recursive: true, force: true })
    } catch (error) {
      if (attempt === 50) throw error
      await setTimeout(20)
    }
  }
}
