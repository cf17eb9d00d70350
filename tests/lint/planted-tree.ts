import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const ROOT = path.join(__dirname, '../..')

/** A temporary project that holds this one's configuration and the files a test plants in it. */
export class PlantedTree {
  readonly directory = realpathSync(mkdtempSync(path.join(tmpdir(), 'surrealengine-lint-')))

  /** `files`: path → content. */
  plant(files: Readonly<Record<string, string>>): this {
    for (const [file, content] of Object.entries(files)) {
      const target = path.join(this.directory, file)
      mkdirSync(path.dirname(target), { recursive: true })
      writeFileSync(target, content)
    }
    return this
  }

  /** Copies files or folders of this repository. */
  copy(...names: string[]): this {
    for (const name of names) cpSync(path.join(ROOT, name), path.join(this.directory, name), { recursive: true })
    return this
  }

  linkPackages(): this {
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(this.directory, 'node_modules'))
    return this
  }

  /** Runs one of the tools this repository has installed, inside the tree. */
  run(tool: string, ...args: string[]): { status: number | null; output: string; errors: string } {
    const command = path.join(ROOT, 'node_modules/.bin', tool)
    const options = { cwd: this.directory, encoding: 'utf8', maxBuffer: 2 ** 26 } as const
    const { status, stdout, stderr } = spawnSync(command, args, options)
    return { status, output: stdout, errors: stderr }
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true })
  }
}
