/** What the documentation leaves open about consignments, as the simulator decides it. */
export type ConsignmentJudgments = {
  /** JUDGMENT: a body that names an outlet, a supplier or a product that is not there. */
  unknownReferenceStatus: 422 | 404 | 400
  /** JUDGMENT: what is not set in a consignment or its lines is left out, as in the description's examples, or null, as in the tutorial. */
  unsetConsignmentFields: 'absent' | 'null'
  /** JUDGMENT: the answer to an added line has all that its schema requires, `cost` and `deleted_at` too, or what the line has. */
  addedLineAnswer: 'complete' | 'sparse'
  /** JUDGMENT: `outlet_id` of the list also finds transfers that leave from that outlet. */
  outletFilterFindsSource: boolean
  /** JUDGMENT: an update must carry `outlet_id`, `name` and `type`, as its schema requires. */
  updateNeedsWhole: boolean
  /** JUDGMENT: fields that an update does not carry. */
  absentOnUpdate: 'kept' | 'cleared'
  /** JUDGMENT: only orders are documented to keep their type for ever; here all consignments do. */
  typesFixed: boolean
  /** JUDGMENT: outlets and supplier can be changed only before anything was sent or started. */
  partiesFixedOnceSent: boolean
  /** JUDGMENT: what is finished and is no order: may its name or reference still be changed? */
  finishedHeadersEditable: boolean
  /** JUDGMENT: the status of a count that was created without one. */
  newStocktakeStatus: 'STOCKTAKE_SCHEDULED' | 'STOCKTAKE'
  /** JUDGMENT: a transfer may be created as RECEIVED, as an official request sample does. */
  transferCreatedReceived: boolean
  /** JUDGMENT: an update may skip a status, as OPEN to RECEIVED. */
  statusMaySkip: boolean
  /** JUDGMENT: an update may go back, as SENT to OPEN. */
  statusMayGoBack: boolean
  /** JUDGMENT: an order goes from SENT to RECEIVED in one update when something was received, as old clients did. */
  sentOrderMayBeReceived: boolean
  /** JUDGMENT: "at any time after OPEN" lets a transfer that is OPEN be cancelled. */
  openTransferMayBeCancelled: boolean
  /** JUDGMENT: "at any time after OPEN" lets a transfer that is RECEIVED be cancelled. */
  receivedTransferMayBeCancelled: boolean
  /** JUDGMENT: an empty order, whose status cannot be updated, can still be cancelled. */
  emptyMayBeCancelled: boolean
  /** JUDGMENT: transfers and returns without products are refused a new status too; the rule is written for orders. */
  emptyTransfersStay: boolean
  /** JUDGMENT: a transfer of which nothing was received may be RECEIVED; only for orders something must be. */
  emptyReceiptOfTransfer: boolean
  /** JUDGMENT: a received transfer counts as received in full where nobody wrote `received`. */
  receivedDefaultsToCount: boolean
  /** JUDGMENT: which consignments can be deleted. `open`: before they were sent or started, and cancelled ones. */
  deletable: 'open' | 'unfinished' | 'any'
  /** JUDGMENT: `GET` of a deleted consignment shows its tombstone. */
  deletedConsignmentReadable: boolean
  /** JUDGMENT: a change of a line gives its consignment a new version; in the official examples lines have higher versions than theirs. */
  linesTouchConsignment: boolean
  /** JUDGMENT: setting a line that is not there makes it. */
  putMakesLine: boolean
  /** JUDGMENT: a quantity that would fall below zero by adding a negative one. */
  belowZero: 'zero' | 'kept' | 'refused'
  /** JUDGMENT: `received: 0` dispatches a sent order, since the field is there. */
  zeroReceivedDispatches: boolean
  /** JUDGMENT: the cost of a line of an order that was added without one. */
  unpricedOrderLine: 'supply_price' | 'absent'
  /** JUDGMENT: adding lines to a transfer or return that is SENT: refused, or what was received and counted adds up. */
  linesWhileSent: 'refused' | 'accumulate'
  /** JUDGMENT: bulk works on returns and counts too; it is described for orders. */
  bulkForEveryType: boolean
  /** JUDGMENT: a bulk with one bad item changes nothing; otherwise what stands before it stays done. */
  bulkIsAtomic: boolean
  /** JUDGMENT: a product can be taken out of a count that is in progress. */
  countedLinesRemovable: boolean
  /** JUDGMENT: totals show nothing received until an order is DISPATCHED or a transfer RECEIVED. */
  totalsHideEarlyReceipts: boolean
  /** JUDGMENT: how long Lightspeed takes before it works on the lines of a changed consignment. */
  lineProcessingMs: number
  /** JUDGMENT: cancelling a sent transfer gives its source the goods back. */
  cancelReversesSend: boolean
  /** JUDGMENT: the average cost after a receipt: weighted by quantity (from zero or less on hand: the line's cost), the last cost, or unchanged. */
  averageCost: 'weighted' | 'last' | 'unchanged'
  /** JUDGMENT: a transfer carries its cost into the average of its destination. */
  transfersCarryCost: boolean
  /** JUDGMENT: receiving an order sets the product's supply price to the line's cost. */
  receiptSetsSupplyPrice: boolean
  /** JUDGMENT: how long the job takes to begin that fills a started count. */
  stocktakeJobMs: number
  /** JUDGMENT: a product belongs to a count when any of its filters finds it, or all of them. */
  filtersCombine: 'any' | 'all'
  /** JUDGMENT: completing a count sets what is on hand to what was counted, or adds the difference from what was expected at its start. */
  stocktakePosts: 'absolute' | 'difference'
  /** JUDGMENT: products counted outside the filters are posted too. */
  unplannedCountsPosted: boolean
  /** JUDGMENT: a completed count has `received_at`. */
  stocktakeReceivedAt: boolean
}

export const consignmentJudgments: ConsignmentJudgments = {
  unknownReferenceStatus: 422,
  unsetConsignmentFields: 'absent',
  addedLineAnswer: 'complete',
  outletFilterFindsSource: false,
  updateNeedsWhole: true,
  absentOnUpdate: 'kept',
  typesFixed: true,
  partiesFixedOnceSent: true,
  finishedHeadersEditable: false,
  newStocktakeStatus: 'STOCKTAKE_SCHEDULED',
  transferCreatedReceived: true,
  statusMaySkip: false,
  statusMayGoBack: false,
  sentOrderMayBeReceived: true,
  openTransferMayBeCancelled: true,
  receivedTransferMayBeCancelled: false,
  emptyMayBeCancelled: false,
  emptyTransfersStay: true,
  emptyReceiptOfTransfer: true,
  receivedDefaultsToCount: false,
  deletable: 'open',
  deletedConsignmentReadable: false,
  linesTouchConsignment: false,
  putMakesLine: false,
  belowZero: 'zero',
  zeroReceivedDispatches: true,
  unpricedOrderLine: 'supply_price',
  linesWhileSent: 'refused',
  bulkForEveryType: true,
  bulkIsAtomic: true,
  countedLinesRemovable: true,
  totalsHideEarlyReceipts: true,
  lineProcessingMs: 150,
  cancelReversesSend: true,
  averageCost: 'weighted',
  transfersCarryCost: true,
  receiptSetsSupplyPrice: false,
  stocktakeJobMs: 250,
  filtersCombine: 'any',
  stocktakePosts: 'absolute',
  unplannedCountsPosted: true,
  stocktakeReceivedAt: true,
}

/** What those that are neither numbers nor yes or no may be. */
export const consignmentChoices: { [name in keyof ConsignmentJudgments]?: readonly ConsignmentJudgments[name][] } = {
  unknownReferenceStatus: [422, 404, 400],
  unsetConsignmentFields: ['absent', 'null'],
  addedLineAnswer: ['complete', 'sparse'],
  absentOnUpdate: ['kept', 'cleared'],
  newStocktakeStatus: ['STOCKTAKE_SCHEDULED', 'STOCKTAKE'],
  deletable: ['open', 'unfinished', 'any'],
  belowZero: ['zero', 'kept', 'refused'],
  unpricedOrderLine: ['supply_price', 'absent'],
  linesWhileSent: ['refused', 'accumulate'],
  averageCost: ['weighted', 'last', 'unchanged'],
  filtersCombine: ['any', 'all'],
  stocktakePosts: ['absolute', 'difference'],
}
