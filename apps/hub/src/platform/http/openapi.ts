import { refusals, type Operation, type RefusalCode } from '@gigafibre/contract';
import { z } from 'zod';
import { answersDirectly } from './call.ts';

type Json = Record<string, unknown>;
const schemaOf = (schema: z.ZodType): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    target: 'draft-2020-12',
  });
  return rest;
};

/** The OpenAPI 3.1 document of every operation; made from the contract, never written by hand. */
export function openApiDocument(operations: readonly Operation[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    const entry = (paths[operation.path] ??= {});
    entry[operation.method.toLowerCase()] = describe(operation);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gigafibre',
      version,
      description: 'Every operation of the hub. Amounts are integer cents; instants are ISO 8601 in UTC.',
    },
    paths,
    components: {
      securitySchemes: {
        key: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: '`token KEY:SECRET` or `Bearer KEY:SECRET`',
        },
        session: { type: 'apiKey', in: 'cookie', name: 'gf_ops' },
      },
      schemas: { Refusal: refusalSchema },
    },
  };
}

const refusalSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'data', 'requestId'],
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        data: { type: 'object' },
        requestId: { type: 'string' },
      },
    },
  },
};

function describe(operation: Operation): Json {
  const named = new Set([...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''));
  const input = schemaOf(operation.input);
  const properties = (input['properties'] ?? {}) as Record<string, Json>; // JSON Schema of an object
  const required = new Set((input['required'] ?? []) as string[]);
  const rest = Object.keys(properties).filter((name) => !named.has(name));
  const inQuery = operation.method === 'GET' ? rest : [];
  const parameter = (name: string, place: 'path' | 'query'): Json => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    schema: properties[name] ?? {},
  });
  const body =
    operation.method === 'GET' || rest.length === 0
      ? {}
      : {
          requestBody: {
            required: rest.some((name) => required.has(name)),
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: Object.fromEntries(rest.map((name) => [name, properties[name]])),
                  required: rest.filter((name) => required.has(name)),
                },
              },
            },
          },
        };
  return {
    operationId: operation.name,
    tags: [operation.name.split('.')[0]],
    summary: operation.summary,
    'x-capability': operation.allow,
    ...(operation.allow === 'public' ? { security: [] } : { security: [{ key: [] }, { session: [] }] }),
    parameters: [
      ...[...named].map((name) => parameter(name, 'path')),
      ...inQuery.map((name) => parameter(name, 'query')),
      ...(operation.kind === 'command'
        ? [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: false,
              schema: { type: 'string', maxLength: 200 },
              description:
                'Client-made command id: the same id gives the same answer and changes nothing more.',
            },
          ]
        : []),
    ],
    ...body,
    responses: responses(operation),
  };
}

function responses(operation: Operation): Json {
  const codes: RefusalCode[] = [
    'invalid_input',
    ...(operation.allow === 'public' ? [] : (['unauthenticated', 'forbidden'] as const)),
    ...operation.refusals,
  ];
  const byStatus = Map.groupBy(new Set(codes), (code) => refusals[code].status);
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } };
  return {
    200: {
      description: 'Done',
      ...(answersDirectly(operation)
        ? {}
        : { content: { 'application/json': { schema: schemaOf(operation.output) } } }),
    },
    ...Object.fromEntries(
      [...byStatus].map(([status, list]) => [status, { description: list.join(', '), content }]),
    ),
  };
}
