/** What the documentation leaves open about webhooks, as the simulator decides it. */
export type WebhookJudgments = {
  /** JUDGMENT: how the digest in `X-Signature` is written; no document says. */
  webhookDigest: 'hex' | 'base64'
  /** JUDGMENT: deliveries are signed; those of hooks that were added by hand in the shop are not. */
  webhooksSigned: boolean
  /** JUDGMENT: how long after a change its webhook is first sent. */
  webhookDelayMs: number
  /** JUDGMENT: the wait before the first of the 20 retries; doubled each time, all of them fill the documented 48 hours. */
  webhookFirstRetryMs: number
  /** JUDGMENT: by what each wait grows; the documentation says only that it does, exponentially. */
  webhookRetryGrowth: number
  /** How often an undelivered webhook is sent again: documented as 20. */
  webhookRetries: number
  /** How long the receiver may take to answer: documented as five seconds. */
  webhookTimeoutMs: number
  /** JUDGMENT: which answers are not tried again: 3xx and 4xx, or none, as an older wording says. */
  webhookGivesUpOn: '3xx_4xx' | 'nothing'
  /** JUDGMENT: one `consignment.send` or `consignment.receive` for each line, or for each consignment. */
  consignmentEventsPer: 'line' | 'consignment'
  /** JUDGMENT: the form also carries `domain_prefix` and `environment`, which "may be present". */
  webhookFormExtras: boolean
  /** JUDGMENT: quantities and money in payloads: text, as old inventory records show, or numbers. */
  webhookNumbers: 'text' | 'number'
  /** Lightspeed writes to any address; the simulator only to this machine, unless this is switched on. */
  webhooksLeaveThisMachine: boolean
}

export const webhookJudgments: WebhookJudgments = {
  webhookDigest: 'hex',
  webhooksSigned: true,
  webhookDelayMs: 20,
  webhookFirstRetryMs: 165,
  webhookRetryGrowth: 2,
  webhookRetries: 20,
  webhookTimeoutMs: 5000,
  webhookGivesUpOn: '3xx_4xx',
  consignmentEventsPer: 'line',
  webhookFormExtras: true,
  webhookNumbers: 'text',
  webhooksLeaveThisMachine: false,
}

/** What those that are neither numbers nor yes or no may be. */
export const webhookChoices: { [name in keyof WebhookJudgments]?: readonly WebhookJudgments[name][] } = {
  webhookDigest: ['hex', 'base64'],
  webhookGivesUpOn: ['3xx_4xx', 'nothing'],
  consignmentEventsPer: ['line', 'consignment'],
  webhookNumbers: ['text', 'number'],
}
