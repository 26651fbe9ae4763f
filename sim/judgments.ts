import { consignmentChoices, consignmentJudgments, type ConsignmentJudgments } from './consignments-judgments.ts'
import { webhookChoices, webhookJudgments, type WebhookJudgments } from './webhooks-judgments.ts'

/** Where the documentation is silent the simulator must still decide. Each decision has a name here and can be switched. */
export type Judgments = GeneralJudgments & ConsignmentJudgments & WebhookJudgments

type GeneralJudgments = {
  /** JUDGMENT: the most rows one page of a 2.0 list gives, whatever `page_size` asks; no ceiling is documented. */
  pageSizeCap: number
  /** JUDGMENT: rows of a page when `page_size` is absent; the description says 100, old clients assume 50. */
  defaultPageSize: number
  /** JUDGMENT: `version` of an empty page; the 2.0 schema allows only integers, date versions answer null. */
  emptyPageVersion: 'zero' | 'null' | 'absent'
  /** JUDGMENT: `deleted=true` shows tombstones also in lists whose description does not mention the parameter. */
  deletedEverywhere: boolean
  /** JUDGMENT: brands, tags, suppliers and product types carry `version` though their schemas do not name it. */
  versionOnSmallRows: boolean
  /** JUDGMENT: `GET /taxes` and the price book lists have the `version` envelope though their schemas do not name it. */
  versionOnEveryList: boolean
  /** JUDGMENT: rows of `GET /inventory` carry amounts, cost and reorder fields; the official list example has only the level. */
  inventoryListFields: 'full' | 'sparse'
  /** JUDGMENT: `GET /user` and `GET /users/{id}` answer an array of one, as the examples, or an object, as the schema. */
  userAsArray: boolean
  /** JUDGMENT: role ids of users: strings as in the schema, numbers as in the examples. */
  roleIds: 'string' | 'number'
  /** JUDGMENT: `product_codes[].type` in capitals as in the schema, or small as in the examples. */
  productCodeTypes: 'upper' | 'lower'
  /** JUDGMENT: composite products list their components as `composite`; the 2.0 schema names the field only on create. */
  compositeOnProducts: boolean
  /** JUDGMENT: a sku that another product has is refused; the documentation says only that it should be unique. */
  skuUnique: boolean
  /** JUDGMENT: the stock adjustments of the date versions are there; a retailer's plan or an older store may lack them. */
  offersStockAdjustments: boolean
  /** JUDGMENT: a brand, supplier, tag or variant attribute of the same name as another is refused. */
  labelNamesUnique: boolean
  /** JUDGMENT: deleting a product makes tombstones of its inventory rows. */
  productDeletionTakesInventory: boolean
  /** JUDGMENT: the answer of the product update has a body; some stores answered an empty one. */
  productUpdateAnswers: 'body' | 'empty'
  /** JUDGMENT: how long after a brand, supplier or tag was deleted its products lose it. */
  disassociationDelayMs: number
  /** JUDGMENT: laybys and on-account sales take stock when they are made, as closed sales do. */
  laybysTakeStock: boolean
  /** JUDGMENT: `GET /search` finds a sku only when it is asked for in small letters. */
  searchSkuLowerCase: boolean
  /** JUDGMENT: how long a changed row stays invisible to `GET /search`. */
  searchLagMs: number
  /** JUDGMENT: `GET /versions` answers this for a collection without rows. */
  versionsOfEmpty: number
  /** JUDGMENT: `GET /versions` names the inventory, which it lost in 2019. */
  versionsListInventory: boolean
  /** JUDGMENT: a token without the scope is refused with 403. */
  scopesEnforced: boolean
  /** JUDGMENT: an authorization without `scope`, as before 2026, allows everything. */
  noScopeAllowsAll: boolean
  /** JUDGMENT: costs of products for a token without `products:read:costs`. */
  costsWithoutScope: 'present' | 'absent'
  /** JUDGMENT: status of the token endpoint for a refused grant. */
  oauthRefusalStatus: 400 | 401
  /** JUDGMENT: life of an authorization code; it is good for one use. */
  oauthCodeSeconds: number
  /** JUDGMENT: each refresh gives a new refresh token; older stores answered without one and the old stayed good. */
  refreshRotates: boolean
  /** JUDGMENT: requests the token endpoint takes in a minute; its headers are documented, its limit is an example. */
  oauthRequestsPerMinute: number
  /** JUDGMENT: all tokens of the retailer share one rate limit, or each application has its own. */
  rateLimitShared: boolean
  /** JUDGMENT: status for a body that breaks a rule. */
  refusalStatus: 422 | 400
}

export const judgments: Judgments = {
  ...consignmentJudgments,
  ...webhookJudgments,
  pageSizeCap: 1000,
  defaultPageSize: 100,
  emptyPageVersion: 'zero',
  deletedEverywhere: true,
  versionOnSmallRows: true,
  versionOnEveryList: true,
  inventoryListFields: 'full',
  userAsArray: true,
  roleIds: 'string',
  productCodeTypes: 'upper',
  compositeOnProducts: true,
  skuUnique: true,
  offersStockAdjustments: true,
  labelNamesUnique: true,
  productDeletionTakesInventory: true,
  productUpdateAnswers: 'body',
  disassociationDelayMs: 50,
  laybysTakeStock: true,
  searchSkuLowerCase: true,
  searchLagMs: 0,
  versionsOfEmpty: 1,
  versionsListInventory: false,
  scopesEnforced: true,
  noScopeAllowsAll: true,
  costsWithoutScope: 'present',
  oauthRefusalStatus: 400,
  oauthCodeSeconds: 600,
  refreshRotates: true,
  oauthRequestsPerMinute: 10,
  rateLimitShared: true,
  refusalStatus: 422,
}

/** What the judgments that are not free text or any number may be. */
const choices: { [name in keyof Judgments]?: readonly Judgments[name][] } = {
  ...consignmentChoices,
  ...webhookChoices,
  emptyPageVersion: ['zero', 'null', 'absent'],
  inventoryListFields: ['full', 'sparse'],
  roleIds: ['string', 'number'],
  productCodeTypes: ['upper', 'lower'],
  productUpdateAnswers: ['body', 'empty'],
  costsWithoutScope: ['present', 'absent'],
  oauthRefusalStatus: [400, 401],
  refusalStatus: [422, 400],
}

/** The judgments with some of them changed, values as given or as text. Throws an Error that names what is wrong. */
export function judged(base: Judgments, wishes: { [name: string]: unknown }): Judgments {
  const result = { ...base }
  for (const [name, wish] of Object.entries(wishes)) {
    if (!isJudgment(name)) throw new Error(`Unknown judgment ${name}. Known: ${Object.keys(judgments).join(', ')}`)
    Object.assign(result, { [name]: read(name, wish) })
  }
  return result
}

const isJudgment = (name: string): name is keyof Judgments => Object.hasOwn(judgments, name)

function read(name: keyof Judgments, wish: unknown): unknown {
  const value = typeof wish === 'string' ? fromText(judgments[name], wish) : wish
  const allowed: readonly unknown[] | undefined = choices[name]
  if (allowed && !allowed.includes(value)) {
    throw new Error(`Judgment ${name} is one of ${allowed.join(', ')}, not ${String(wish)}`)
  }
  if (typeof value !== typeof judgments[name] || Number.isNaN(value)) {
    throw new Error(`Judgment ${name} is a ${typeof judgments[name]}, not ${String(wish)}`)
  }
  return value
}

function fromText(like: unknown, text: string): unknown {
  if (typeof like === 'number') return text.trim() === '' ? Number.NaN : Number(text)
  if (typeof like === 'boolean') return { true: true, false: false }[text] ?? text
  return text
}
