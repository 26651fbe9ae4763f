import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { Refusal } from './kernel/refusal.ts'
import { origin, wholeNumber, yesOrNo } from './setting-fields.ts'
import { lightspeedOf, type LightspeedSettings } from './lightspeed-settings.ts'
import { bucketName, storageOf, type StorageSettings } from './storage-settings.ts'
import { clockOf, type ClockSettings } from './clock-settings.ts'
import { readTradingHours, type TradingHours } from './ops/trading.rules.ts'

/** `carrier=secret`, parted by blanks; a carrier stands twice while one secret replaces the other. */
const courierSecrets = z
  .string()
  .trim()
  .regex(/^[a-z0-9_-]+=\S+(\s+[a-z0-9_-]+=\S+)*$/)
  .transform((text) => text.split(/\s+/).map(readCourierSecret))

const tradingHours = z.string().transform((text, context) => {
  const hours = readTradingHours(text)
  if (hours) return hours
  context.addIssue({ code: 'custom', message: 'is not such as 09:00-17:30' })
  return z.NEVER
})
/** Addresses parted by blanks, of http or https only. */
const addresses = z
  .string()
  .transform((text) => text.split(/\s+/).filter((one) => one !== ''))
  .pipe(z.array(z.url({ protocol: /^https?$/ })).max(10))

const settings = z.object({
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  CONSIGN_DATA_DIR: z.string().default('.consign'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  CONSIGN_ADMIN_TOKEN: z.string().min(16).optional(),
  CONSIGN_SECRET_KEY: z.string().min(16).optional(),
  CONSIGN_URL: origin.optional(),
  LIGHTSPEED_BASE_URL: origin.optional(),
  LIGHTSPEED_DOMAIN_PREFIX: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional(),
  LIGHTSPEED_TOKEN: z.string().min(1).optional(),
  LIGHTSPEED_CLIENT_ID: z.string().min(1).optional(),
  LIGHTSPEED_CLIENT_SECRET: z.string().min(1).optional(),
  LIGHTSPEED_CLIENT_SECRET_PREVIOUS: z.string().min(1).optional(),
  LS_WEBHOOK_SECRET: z.string().min(1).optional(),
  LS_WEBHOOK_SECRET_PREVIOUS: z.string().min(1).optional(),
  COURIER_WEBHOOK_SECRETS: courierSecrets.default([]),
  WEBHOOKS_ACCEPT_UNSIGNED: yesOrNo.default(false),
  SIM_SEED: wholeNumber(0, 2 ** 31).default(1),
  SIM_SCALE: z.string().default('shop'),
  SIM_PORT: wholeNumber(0, 65_535).default(0),
  RATE_LIMIT_ADDRESS: wholeNumber(1, 1_000_000).default(60),
  RATE_LIMIT_TOKEN: wholeNumber(1, 1_000_000).default(600),
  RATE_LIMIT_BAD_SIGNATURES: wholeNumber(1, 1_000_000).default(100),
  TRUSTED_PROXIES: wholeNumber(0, 10).default(0),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  SYNC_EVERY_SECONDS: wholeNumber(0, 86_400).default(30),
  WORKERS: wholeNumber(1, 100).default(8),
  WORKER_SILENT_SECONDS: wholeNumber(10, 86_400).default(300),
  TRADING_HOURS: tradingHours.default({ from: 9 * 60, to: 17 * 60 }),
  SEND_PACKAGED_AFTER_HOURS: wholeNumber(1, 10_000).default(12),
  TAKE_IN_PARTIAL_AFTER_HOURS: wholeNumber(1, 10_000).default(24),
  ARCHIVE_AFTER_DAYS: wholeNumber(1, 10_000).default(365),
  APPROVAL_REMIND_AFTER_HOURS: wholeNumber(1, 10_000).default(24),
  APPROVAL_EXPIRE_AFTER_DAYS: wholeNumber(1, 1_000).default(10),
  LATE_SENT_DAYS: wholeNumber(1, 1_000).default(14),
  LATE_PARTIAL_DAYS: wholeNumber(1, 1_000).default(3),
  ALERT_WEBHOOK_URLS: addresses.default([]),
  ALERT_WEBHOOK_SECRET: z.string().min(1).optional(),
  FILES_S3_ENDPOINT: origin.optional(),
  FILES_S3_BUCKET: z.string().regex(bucketName).optional(),
  FILES_S3_REGION: z.string().min(1).default('us-east-1'),
  FILES_S3_KEY_ID: z.string().min(1).optional(),
  FILES_S3_SECRET: z.string().min(1).optional(),
  EVIDENCE_ARCHIVE_DAYS: wholeNumber(1, 3650).default(90),
  EVIDENCE_KEEP_DAYS: wholeNumber(1, 3650).default(365),
})

const cures: Record<keyof z.infer<typeof settings>, string> = {
  PORT: 'a port between 0 and 65535, such as 3000',
  HOST: 'an address to listen on, such as 127.0.0.1 or 0.0.0.0',
  CONSIGN_DATA_DIR: 'a folder that may be written, such as .consign',
  DATABASE_URL: 'postgres://user:password@host:5432/database, or nothing for the embedded one',
  CONSIGN_ADMIN_TOKEN: 'at least 16 characters; `openssl rand -hex 24` makes one',
  CONSIGN_SECRET_KEY: 'at least 16 characters; `openssl rand -hex 32` makes one',
  CONSIGN_URL: 'http://host:port of a running Consign',
  LIGHTSPEED_BASE_URL: 'the origin under which /api/2.0 lies, such as https://yourshop.retail.lightspeed.app',
  LIGHTSPEED_DOMAIN_PREFIX: 'the first part of your shop’s address, such as yourshop (small letters, digits, hyphens)',
  LIGHTSPEED_TOKEN: 'a personal token from Lightspeed: Setup → Personal tokens',
  LIGHTSPEED_CLIENT_ID: 'the client id of your Lightspeed app',
  LIGHTSPEED_CLIENT_SECRET: 'the client secret of your Lightspeed app',
  LIGHTSPEED_CLIENT_SECRET_PREVIOUS: 'the client secret before the present one, while both are in use',
  LS_WEBHOOK_SECRET: 'the secret that the senders of envelopes sign with; `openssl rand -hex 32` makes one',
  LS_WEBHOOK_SECRET_PREVIOUS: 'the secret before the present one, while both are in use',
  COURIER_WEBHOOK_SECRETS: 'a secret for each courier, such as `nzpost=one-secret gosweetspot=another`',
  WEBHOOKS_ACCEPT_UNSIGNED: 'true or false',
  SIM_SEED: 'a whole number',
  SIM_SCALE: 'tiny, shop, medium or retailer',
  SIM_PORT: 'a port, or 0 for a free one',
  RATE_LIMIT_ADDRESS: 'requests a minute of one address without a token or session, 1 or more',
  RATE_LIMIT_TOKEN: 'requests a minute of one token or session, 1 or more',
  RATE_LIMIT_BAD_SIGNATURES: 'webhooks a minute of one address that may be signed wrong, 1 or more',
  TRUSTED_PROXIES: 'how many proxies stand before Consign and say for whom they ask (x-forwarded-for), from 0 to 10',
  LOG_LEVEL: 'trace, debug, info, warn, error, fatal or silent',
  SYNC_EVERY_SECONDS: 'seconds between two looks at Lightspeed; 0 only syncs when asked',
  WORKERS: 'jobs that one process does at the same time, from 1 to 100',
  WORKER_SILENT_SECONDS: 'seconds of silence after which a worker is taken for dead, 10 or more',
  TRADING_HOURS: 'when the shops are open, by their own clock, such as 09:00-17:30',
  SEND_PACKAGED_AFTER_HOURS: 'hours after which what is packed counts as sent, such as 12',
  TAKE_IN_PARTIAL_AFTER_HOURS:
    'hours that a part may wait for the rest until Lightspeed takes it into stock, such as 24',
  ARCHIVE_AFTER_DAYS: 'days after which what is closed is archived, such as 365',
  APPROVAL_REMIND_AFTER_HOURS: 'hours after which those who should approve are reminded, such as 24',
  APPROVAL_EXPIRE_AFTER_DAYS: 'days after which what nobody approved is cancelled, such as 10',
  LATE_SENT_DAYS: 'days under way after which a document counts as stuck, such as 14',
  LATE_PARTIAL_DAYS: 'days without the rest after which a document counts as stuck, such as 3',
  ALERT_WEBHOOK_URLS: 'addresses that alarms are sent to, http or https, parted by blanks',
  ALERT_WEBHOOK_SECRET: 'the secret that alarms are signed with; `openssl rand -hex 32` makes one',
  FILES_S3_ENDPOINT: 'the origin of something that speaks S3, such as https://s3.ap-southeast-2.amazonaws.com',
  FILES_S3_BUCKET: 'a bucket that is there, with a folder in it if you like, such as consign or consign/files',
  FILES_S3_REGION: 'the region of the bucket, such as ap-southeast-2',
  FILES_S3_KEY_ID: 'the id of a key that may read, write and delete in the bucket',
  FILES_S3_SECRET: 'the secret that belongs to FILES_S3_KEY_ID',
  EVIDENCE_ARCHIVE_DAYS: 'days after which photos and signatures are archived, from 1 to 3650',
  EVIDENCE_KEEP_DAYS: 'days that archived photos and signatures are kept, from 1 to 3650',
}

/** With which secrets webhooks may be signed. Of each kind two are valid while one replaces the other. */
export type WebhookSettings = {
  lightspeedSecrets: readonly string[]
  envelopeSecrets: readonly string[]
  courierSecrets: readonly { carrier: string; secret: string }[]
  /** Hooks that were added by hand in the shop are not signed: let in, they only make us look at Lightspeed. */
  acceptUnsigned: boolean
}

export type Config = {
  port: number
  host: string
  dataDir: string
  databaseUrl: string | undefined
  adminToken: string | undefined
  secretKey: string | undefined
  serverUrl: string | undefined
  lightspeed: LightspeedSettings
  webhooks: WebhookSettings
  /** Requests a minute: without and with a token or session, and webhooks that are signed wrong. */
  rateLimits: { perAddress: number; perCaller: number; badSignatures: number }
  /** Proxies before us whose x-forwarded-for is believed. */
  proxies: number
  logLevel: string
  syncEverySeconds: number
  /** Jobs at the same time. */
  workers: number
  /** A worker that was silent for so long is taken for dead: its jobs go to others. */
  workerSilentSeconds: number
  /** When a webhook can be missed. */
  tradingHours: TradingHours
  /** What happens to documents by the clock, and from when on they count as stuck. */
  clock: ClockSettings
  /** Where alarms go, and what they are signed with. */
  alerts: { urls: readonly string[]; secret: string | undefined }
  storage: StorageSettings
  /** Days until photos are archived, and days that they are kept after that. */
  evidence: { archiveDays: number; keepDays: number }
}

/** The only reader of the environment. Every wrong setting is named with its cure in one Refusal (exit code 2). */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  if (env === process.env && existsSync('.env')) process.loadEnvFile('.env')
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = settings.safeParse(given)
  if (!parsed.success) throw unreadable(parsed.error.issues.map((issue) => String(issue.path[0])))
  const { data } = parsed
  return {
    port: data.PORT,
    host: data.HOST,
    dataDir: resolve(data.CONSIGN_DATA_DIR),
    databaseUrl: data.DATABASE_URL,
    adminToken: data.CONSIGN_ADMIN_TOKEN,
    secretKey: data.CONSIGN_SECRET_KEY,
    serverUrl: data.CONSIGN_URL,
    lightspeed: lightspeedOf(data, missing),
    webhooks: webhooksOf(data),
    rateLimits: {
      perAddress: data.RATE_LIMIT_ADDRESS,
      perCaller: data.RATE_LIMIT_TOKEN,
      badSignatures: data.RATE_LIMIT_BAD_SIGNATURES,
    },
    proxies: data.TRUSTED_PROXIES,
    logLevel: data.LOG_LEVEL,
    syncEverySeconds: data.SYNC_EVERY_SECONDS,
    workers: data.WORKERS,
    workerSilentSeconds: data.WORKER_SILENT_SECONDS,
    tradingHours: data.TRADING_HOURS,
    clock: clockOf(data),
    alerts: { urls: data.ALERT_WEBHOOK_URLS, secret: data.ALERT_WEBHOOK_SECRET },
    storage: storageOf(data, missing),
    evidence: { archiveDays: data.EVIDENCE_ARCHIVE_DAYS, keepDays: data.EVIDENCE_KEEP_DAYS },
  }
}

function webhooksOf(data: z.infer<typeof settings>): WebhookSettings {
  return {
    lightspeedSecrets: present(data.LIGHTSPEED_CLIENT_SECRET, data.LIGHTSPEED_CLIENT_SECRET_PREVIOUS),
    envelopeSecrets: present(data.LS_WEBHOOK_SECRET, data.LS_WEBHOOK_SECRET_PREVIOUS),
    courierSecrets: data.COURIER_WEBHOOK_SECRETS,
    acceptUnsigned: data.WEBHOOKS_ACCEPT_UNSIGNED,
  }
}

function present(...secrets: (string | undefined)[]): string[] {
  return secrets.filter((secret) => secret !== undefined)
}

function readCourierSecret(pair: string) {
  const at = pair.indexOf('=')
  return { carrier: pair.slice(0, at), secret: pair.slice(at + 1) }
}

function unreadable(names: string[]): Refusal {
  const lines = [...new Set(names)].map(
    (name) => `  ${name}: give ${Object.entries(cures).find(([key]) => key === name)?.[1] ?? 'another value'}`,
  )
  return new Refusal('misconfigured', 'settings_not_valid', `Some settings cannot be used:\n${lines.join('\n')}`, {
    names,
  })
}

function missing(name: keyof typeof cures, because: string): Refusal {
  const message = `${name} is missing, though ${because} is set: give ${cures[name]}`
  return new Refusal('misconfigured', 'setting_missing', message, { names: [name] })
}
