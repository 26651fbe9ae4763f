import { startTestServer, type TestServer } from './postgres.ts'

let server: TestServer | undefined

/** Run once by `npm test` before all files: they find the server by TEST_DATABASE_SERVER. */
export async function globalSetup() {
  server = await startTestServer()
  process.env['TEST_DATABASE_SERVER'] = server.url
}

export async function globalTeardown() {
  await server?.stop()
}
