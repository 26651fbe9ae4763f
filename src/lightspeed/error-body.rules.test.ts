import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { readComplaint } from './error-body.rules.ts'

const envelopes: [body: string, message: string | null][] = [
  [
    '{"error":"twirp error invalid_argument: register_id can\'t be empty"}',
    "twirp error invalid_argument: register_id can't be empty",
  ],
  ['{"error":"Validation failed","details":["name is needed"]}', 'Validation failed'],
  ['{"details":{"name":["is needed"]}}', 'name: is needed'],
  ['{"successful":[],"failed":[{"index":0,"customer_id":"c1","error":"no such tax"}]}', 'no such tax'],
  [
    '{"status":"error","error":"Not valid","details":"The outlet does not exist."}',
    'Not valid: The outlet does not exist.',
  ],
  ['{"error":"Access token is not valid"}', 'Access token is not valid'],
  ['{"error":{"code":"declined","message":"The card was declined"}}', 'The card was declined'],
  ['{"errors":[{"message":"Not this way"}]}', 'Not this way'],
  ['{"message":"Gone fishing"}', 'Gone fishing'],
  ['{"error":"Not Found","message":"Consignment not found"}', 'Not Found: Consignment not found'],
  ['{"error":"invalid_grant","error_description":"The refresh token is invalid."}', 'The refresh token is invalid.'],
  ['<html><head><title>502 Bad Gateway</title></head></html>', '502 Bad Gateway'],
  ['upstream connect error', 'upstream connect error'],
  ['', null],
  ['{}', null],
  ['[]', null],
]

test('whatever envelope Lightspeed puts a refusal into, its sentence is found', () => {
  for (const [body, message] of envelopes) assert.equal(readComplaint(body).message, message, body)
})

test('the fields that Lightspeed complains of are kept by name', () => {
  const body = '{"error":"Not valid","fields":{"name":"Already exists","name_existing_id":"n1"}}'
  assert.deepEqual(readComplaint(body), {
    message: 'Not valid',
    fields: { name: 'Already exists', name_existing_id: 'n1' },
    raw: body,
  })
})

test('nothing that Lightspeed may answer breaks the reading of it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => void readComplaint(JSON.stringify({ error: value, details: value }))),
  )
  fc.assert(fc.property(fc.string(), (text) => readComplaint(text).raw.length <= 4000))
})
