import pg from 'pg'
import { inject } from 'vitest'
import { openDatabase, type Db } from '#platform/database.ts'

export interface TestDatabase {
  readonly url: string
  readonly db: Db
  drop(): Promise<void>
}

/** A database of its own, cloned from the migrated template. */
export async function testDatabase(): Promise<TestDatabase> {
  const template = new URL(inject('templateUrl'))
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
  await administer(
    template,
    `create database ${name} template ${template.pathname.slice(1)} strategy file_copy`,
  )
  const url = new URL(template)
  url.pathname = `/${name}`
  const db = openDatabase(url.href, { maxConnections: 8, applicationName: name })
  return {
    url: url.href,
    db,
    drop: async () => {
      await db.destroy()
      await administer(template, `drop database if exists ${name} with (force)`)
    },
  }
}

async function administer(template: URL, statement: string) {
  const url = new URL(template)
  url.pathname = '/postgres'
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
