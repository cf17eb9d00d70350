/**
 * `npm test`: the worker's program is built, then lint and Jest run, both of them whatever the other says.
 * Arguments go to Jest: `npm test -- tests/model`. The last line is `N passed, N failed`; a failed lint counts as one.
 * With SUMMARY_FILE set, the two numbers are also written there, for .ci/run.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const directory = mkdtempSync(path.join(tmpdir(), 'surrealengine-test-'))
const results = path.join(directory, 'jest.json')
const node = (...args) => spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0

const jestCounts = () => {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(results, 'utf8'))
    return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites }
  } catch {
    return { passed: 0, failed: 0 }
  }
}

const built = node('scripts/build-host.mjs')
const linted = node('scripts/lint.mjs')
const tested = node('node_modules/jest/bin/jest.js', '--json', `--outputFile=${results}`, ...process.argv.slice(2))

const { passed, failed } = jestCounts()
rmSync(directory, { recursive: true, force: true })
// Jest can fail without a failed test: no test found, a broken set-up
const failures = failed + (built ? 0 : 1) + (linted ? 0 : 1) + (!tested && failed === 0 ? 1 : 0)

if (process.env['SUMMARY_FILE']) writeFileSync(process.env['SUMMARY_FILE'], `${passed} ${failures}\n`)
console.log(`${passed} passed, ${failures} failed`)
process.exitCode = failures === 0 ? 0 : 1
