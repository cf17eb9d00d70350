/** `npm run lint`: every check that runs no code of the package. All of them run, two at a time; each that fails says so. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

const CHECKS = [
  ['eslint', '.', '--max-warnings', '0'],
  ['tsc', '--noEmit'],
  ['tsc', '-p', 'tsconfig.legacy.json'],
  ['depcruise', 'src'],
  ['knip', '--no-config-hints'],
  ['prettier', '--check', '.'],
]

const run = (command, args) =>
  new Promise((resolve) => {
    let output = ''
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => resolve({ ok: false, output: error.message }))
    child.on('close', (status) => resolve({ ok: status === 0, output }))
  })

let failed = 0
const report = (name, { ok, output }) => {
  if (!ok) failed += 1
  console.log(ok ? `ok      ${name}` : `FAILED  ${name}\n${output}`)
}

// the type check needs the generated file
if (!existsSync('src/connection/bridge/host-source.ts')) {
  report('build-host', await run(process.execPath, ['scripts/build-host.mjs']))
}

const waiting = [...CHECKS]
const lane = async () => {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const [name, ...args] = check
    report(check.join(' '), await run(`node_modules/.bin/${name}`, args))
  }
}
await Promise.all([lane(), lane()])

process.exitCode = failed === 0 ? 0 : 1
